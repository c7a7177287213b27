using System.ComponentModel.DataAnnotations;
using System.Net;
using Scoring.Settings;

namespace Scoring.Cluster;

/// <summary>How silos form a cluster.</summary>
public sealed class SiloClusterOptions
{
    /// <summary>The section of the configuration, which the gateway's options share.</summary>
    public const string Section = "Cluster";

    /// <summary>Whether the silo runs alone (default) or finds others through PostgreSQL.</summary>
    public SiloClustering Clustering { get; set; } = SiloClustering.Alone;

    /// <summary>Connection string of the PostgreSQL with the cluster's membership. Empty for the ledger's database.</summary>
    [Secret]
    public string ConnectionString { get; set; } = "";

    /// <summary>The cluster's id, the same for silos and gateways.</summary>
    [Required]
    public string ClusterId { get; set; } = "scoring";

    /// <summary>The service's id, the same for silos and gateways.</summary>
    [Required]
    public string ServiceId { get; set; } = "scoring";

    /// <summary>Address under which other silos and gateways reach this silo. By default the machine's own.</summary>
    [CustomValidation(typeof(SiloClusterOptions), nameof(IsAddress))]
    public string? Address { get; set; }

    /// <summary>Port for silos; a silo that runs alone opens none. Default 11111; 1 to 65535, both included.</summary>
    [Range(1, 65_535)]
    public int SiloPort { get; set; } = 11_111;

    /// <summary>Port for gateways; likewise. Default 30000; 1 to 65535, both included.</summary>
    [Range(1, 65_535)]
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>
    /// Seconds after which a probe of another silo fails. Default 2; 1 to 60, both included. With 2 a dead silo is detected within seconds,
    /// and a busy one is not taken for dead. Correctness does not depend on it.
    /// </summary>
    [Range(1, 60)]
    public int ProbeSeconds { get; set; } = 2;

    /// <summary>Most seconds that a silo takes to drain its work and stop. Default 30; 30 to 600, both included.</summary>
    [Range(30, 600)]
    public int ShutdownSeconds { get; set; } = 30;

    /// <summary>Tells whether a text is an IP address, or none.</summary>
    public static ValidationResult? IsAddress(string? text) => string.IsNullOrEmpty(text) || IPAddress.TryParse(text, out _)
        ? ValidationResult.Success
        : new ValidationResult("Cluster:Address must be an IP address.");
}

/// <summary>How a silo finds the others.</summary>
public enum SiloClustering
{
    /// <summary>There are no others: one silo in one process.</summary>
    Alone = 1,

    /// <summary>Through the membership table in PostgreSQL.</summary>
    Postgres = 2,
}
