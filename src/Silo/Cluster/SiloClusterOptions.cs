using System.ComponentModel.DataAnnotations;

namespace Scoring.Cluster;

/// <summary>How silos find one another.</summary>
public sealed class SiloClusterOptions
{
    /// <summary>The section of the configuration, shared with the gateway's.</summary>
    public const string Section = "Cluster";

    /// <summary>Whether the silo stands alone in one process (default), or finds others through PostgreSQL.</summary>
    public SiloClustering Clustering { get; set; } = SiloClustering.Alone;

    /// <summary>How to reach the PostgreSQL with the cluster's membership; the ledger's own when empty.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The cluster's id, the same for silos and gateways.</summary>
    [Required]
    public string ClusterId { get; set; } = "scoring";

    /// <summary>The service's id, the same for silos and gateways.</summary>
    [Required]
    public string ServiceId { get; set; } = "scoring";

    /// <summary>Address that other silos and gateways reach this one by; the machine's own by default.</summary>
    public string? Address { get; set; }

    /// <summary>Port for silos. Default 11111.</summary>
    [Range(1, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>Port for gateways. Default 30000.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>
    /// Seconds after which a probe of another silo has failed. Default 2: a dead silo is noticed within seconds, a busy one is left in
    /// peace. Correctness does not depend on it.
    /// </summary>
    [Range(1, 60)]
    public int ProbeSeconds { get; set; } = 2;

    /// <summary>Seconds that a silo takes at most to hand over and stop. Default 30.</summary>
    [Range(30, 600)]
    public int ShutdownSeconds { get; set; } = 30;
}

/// <summary>How silos find one another.</summary>
public enum SiloClustering
{
    /// <summary>Not at all: one silo in one process.</summary>
    Alone = 1,

    /// <summary>Through a table in PostgreSQL.</summary>
    Postgres = 2,
}
