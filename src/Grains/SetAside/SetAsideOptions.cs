using System.ComponentModel.DataAnnotations;

namespace Scoring.SetAside;

/// <summary>How entries that no fold could value are noted, reported and replayed.</summary>
public sealed class SetAsideOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "SetAside";

    /// <summary>Seconds between two runs that store notes, count them and continue replays. Default 5; 1 to 3600.</summary>
    [Range(1, 3600)]
    public int LookSeconds { get; set; } = 5;

    /// <summary>
    /// Greatest number of notes in memory that are not stored yet. A fold whose note finds no place keeps no snapshot, so its next fold
    /// notes it again. Default 10,000; 1 to 1,000,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int WaitingMax { get; set; } = 10_000;

    /// <summary>Minutes between two log entries about the same. Default 60; 1 to 10,080.</summary>
    [Range(1, 10_080)]
    public int AlarmMinutes { get; set; } = 60;

    /// <summary>Greatest number of subjects that one run folds again. Default 500; 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int ReplaySubjectsMax { get; set; } = 500;

    /// <summary>Greatest number that the gauge of set-aside entries shows. Default 100,000; 1 to 10,000,000.</summary>
    [Range(1, 10_000_000)]
    public int CountMax { get; set; } = 100_000;
}
