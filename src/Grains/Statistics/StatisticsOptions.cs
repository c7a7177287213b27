using System.ComponentModel.DataAnnotations;

namespace Scoring.Statistics;

/// <summary>How the statistics' background job goes about it. When a month is made is its programme's terms alone.</summary>
public sealed class StatisticsOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Statistics";

    /// <summary>Seconds between a silo's looks for months to be made. Default 600; 1 to 86400, both included.</summary>
    [Range(1, 86_400)]
    public int LookSeconds { get; set; } = 600;

    /// <summary>Most rows that one statement goes over. Default 5000; 100 to 20000, both included.</summary>
    [Range(100, 20_000)]
    public int PageRowsMax { get; set; } = 5000;

    /// <summary>Most rows gone over in one look; the next goes on. Default 2000000; 1000 to 1000000000, both included.</summary>
    [Range(1000, 1_000_000_000)]
    public int LookRowsMax { get; set; } = 2_000_000;
}
