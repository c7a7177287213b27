using System.ComponentModel.DataAnnotations;

namespace Scoring.Recomputing;

/// <summary>How often live folds are recomputed. It cannot be turned off.</summary>
public sealed class RecomputationOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Recomputation";

    /// <summary>Seconds between two samples of live folds in a silo. They cannot be turned off. Default 10; 1 to 3600.</summary>
    [Range(1, 3600)]
    public int SampleSeconds { get; set; } = 10;

    /// <summary>Number of live folds in a sample, recomputed one after the other. Default 4; 1 to 1000.</summary>
    [Range(1, 1000)]
    public int SampleFolds { get; set; } = 4;
}
