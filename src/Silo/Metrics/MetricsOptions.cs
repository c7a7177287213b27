using System.ComponentModel.DataAnnotations;

namespace Scoring.Metrics;

/// <summary>How a silo looks at what no request measures: backlogs, ages and connections.</summary>
public sealed class MetricsOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Metrics";

    /// <summary>Seconds between two looks. Each one asks the database once. Default 15; 1 to 3600, both included.</summary>
    [Range(1, 3600)]
    public int LookSeconds { get; set; } = 15;

    /// <summary>
    /// Greatest number of open erasures, and of overdue contests, that are counted. Default 1000; 1 to 100,000, both included.
    /// </summary>
    [Range(1, 100_000)]
    public int CountMax { get; set; } = 1000;
}
