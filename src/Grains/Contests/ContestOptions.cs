using System.ComponentModel.DataAnnotations;

namespace Scoring.Contests;

/// <summary>Limits of contests; the same in all silos.</summary>
public sealed class ContestOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Contests";

    /// <summary>Days from a contest's opening to its due day, the last on which it can be rejected. Default 30.</summary>
    [Range(1, 30)]
    public int DueDays { get; set; } = 30;

    /// <summary>Days by which new material moves the due day, once. Default 15.</summary>
    [Range(1, 15)]
    public int ExtensionDays { get; set; } = 15;

    /// <summary>Open contests of one subject. Default 32.</summary>
    [Range(1, 1000)]
    public int OpenMax { get; set; } = 32;

    /// <summary>Seconds from one look for overdue contests to the next. Default 60.</summary>
    [Range(1, 3600)]
    public int LookSeconds { get; set; } = 60;

    /// <summary>Overdue contests read at once. Default 100.</summary>
    [Range(1, 10_000)]
    public int LookRowsMax { get; set; } = 100;

    /// <summary>What the steps of contests are decided by.</summary>
    internal ContestLimits Limits => new(DueDays, ExtensionDays, OpenMax);
}
