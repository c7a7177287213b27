using System.ComponentModel.DataAnnotations;

namespace Scoring.Simulation;

/// <summary>Limits of simulations and shadows.</summary>
public sealed class SimulationOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Simulation";

    /// <summary>Number of partitions that one simulation reads concurrently. Default 1; 1 to 16.</summary>
    [Range(1, 16)]
    public int PartitionsAtOnce { get; set; } = 1;

    /// <summary>
    /// Greatest number of entries that one simulation reads in a second, so that incoming events keep their share of the database. Default
    /// 110,000; 1000 to 10,000,000.
    /// </summary>
    [Range(1_000, 10_000_000)]
    public int EntriesPerSecondMax { get; set; } = 110_000;

    /// <summary>Share of the subjects that a shadow folds, in percent. Default 10; 1 to 100.</summary>
    [Range(1, 100)]
    public int ShadowSharePercent { get; set; } = 10;

    /// <summary>Minutes between a silo's searches for versions to shadow. Default 10; 1 to 1440.</summary>
    [Range(1, 1440)]
    public int ShadowLookMinutes { get; set; } = 10;

    /// <summary>
    /// Number of reports of one draft that are kept, apart from those that approvals name. Default 5; 1 to 50.
    /// </summary>
    [Range(1, 50)]
    public int ReportsKeptMax { get; set; } = 5;
}
