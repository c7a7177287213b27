using System.ComponentModel.DataAnnotations;

namespace Scoring.Contests;

/// <summary>Limits of contests. All silos must have the same.</summary>
public sealed class ContestOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Contests";

    /// <summary>Days from a contest's opening to its due day, the last on which it can be rejected. Default 30; 1 to 30.</summary>
    [Range(1, 30)]
    public int DueDays { get; set; } = 30;

    /// <summary>Days by which new material moves the due day, once. Default 15; 1 to 15.</summary>
    [Range(1, 15)]
    public int ExtensionDays { get; set; } = 15;

    /// <summary>Greatest number of open contests of one subject. Default 32; 1 to 1000.</summary>
    [Range(1, 1000)]
    public int OpenMax { get; set; } = 32;

    /// <summary>Seconds from one sweep of overdue contests to the next. Default 60; 1 to 3600.</summary>
    [Range(1, 3600)]
    public int LookSeconds { get; set; } = 60;

    /// <summary>Greatest number of contests in one page of a sweep. Default 100; 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int LookRowsMax { get; set; } = 100;

    /// <summary>The limits by which the steps of contests are decided.</summary>
    internal ContestLimits Limits => new(DueDays, ExtensionDays, OpenMax);
}
