using System.ComponentModel.DataAnnotations;
using Scoring.Settings;

namespace Scoring.Hosting;

/// <summary>Says which cluster the gateway's process joins, in the configuration section <c>Cluster</c>.</summary>
public sealed class ClusterClientOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Cluster";

    /// <summary>The connection string of the PostgreSQL database with the cluster's membership table.</summary>
    [Required, Secret]
    public string ConnectionString { get; set; } = "";

    /// <summary>The cluster's id, the same for all silos and gateways.</summary>
    [Required]
    public string ClusterId { get; set; } = "scoring";

    /// <summary>The service's id, the same for all silos and gateways.</summary>
    [Required]
    public string ServiceId { get; set; } = "scoring";

    /// <summary>
    /// After how many seconds the gateway reads the list of silos again. A frozen silo gets no calls from then on.
    /// </summary>
    [Range(1, 300)]
    public double RefreshSeconds { get; set; } = 2;

    /// <summary>
    /// After how many seconds a call without an answer fails. A live stream of notices ends then, and its client reads on from another
    /// silo. It must be longer than the silos' <c>Notices:WaitSeconds</c>, for which a silo waits for a notice.
    /// </summary>
    [Range(1, 300)]
    public double ResponseSeconds { get; set; } = 30;

    /// <summary>The pause between two attempts to connect to the cluster, in seconds.</summary>
    [Range(0.1, 60)]
    public double RetrySeconds { get; set; } = 1;
}
