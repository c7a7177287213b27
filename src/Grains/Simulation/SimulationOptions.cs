using System.ComponentModel.DataAnnotations;

namespace Scoring.Simulation;

/// <summary>How much simulations and shadows may take of the machine, and how large a shadow's sample is.</summary>
public sealed class SimulationOptions
{
    /// <summary>Partitions read at once by one simulation. Default 1.</summary>
    [Range(1, 16)]
    public int PartitionsAtOnce { get; set; } = 1;

    /// <summary>
    /// Entries read in a second by one simulation at most, so that events coming in keep their share. Default 110,000.
    /// </summary>
    [Range(1_000, 10_000_000)]
    public int EntriesPerSecondMax { get; set; } = 110_000;

    /// <summary>Share of the subjects that a shadow folds, in percent. Default 10.</summary>
    [Range(1, 100)]
    public int ShadowSharePercent { get; set; } = 10;

    /// <summary>Minutes between a silo's looks for versions to shadow. Default 10.</summary>
    [Range(1, 1440)]
    public int ShadowLookMinutes { get; set; } = 10;
}
