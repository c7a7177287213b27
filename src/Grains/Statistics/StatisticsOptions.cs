using System.ComponentModel.DataAnnotations;

namespace Scoring.Statistics;

/// <summary>Limits of the background service of statistics. The programme's terms alone decide when a month's document is made.</summary>
public sealed class StatisticsOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Statistics";

    /// <summary>Seconds between a silo's searches for missing months. Default 600; 1 to 86,400.</summary>
    [Range(1, 86_400)]
    public int LookSeconds { get; set; } = 600;

    /// <summary>Greatest number of rows that one statement reads. Default 5000; 100 to 20,000.</summary>
    [Range(100, 20_000)]
    public int PageRowsMax { get; set; } = 5000;

    /// <summary>
    /// Greatest number of rows that one search reads; the next one continues. Default 2,000,000; 1000 to 1,000,000,000.
    /// </summary>
    [Range(1000, 1_000_000_000)]
    public int LookRowsMax { get; set; } = 2_000_000;
}
