using System.ComponentModel.DataAnnotations;

namespace Scoring.Clocks;

/// <summary>How far clocks may differ before irreversible work is held.</summary>
public sealed class ClockOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Clock";

    /// <summary>
    /// Most seconds by which the clocks of this machine and of the database may differ, and by which this machine's clock may jump ahead
    /// while the process runs. Default 300; 10 to 3600, both included.
    /// </summary>
    [Range(10, 3600)]
    public int DifferenceSecondsMax { get; set; } = 300;

    /// <summary>
    /// Most hours from the newest checkpoint to the start of this process, unless an operator has confirmed the time. It is longer than the
    /// interval of checkpoints. Default 48, in Development 87600; 1 to 87600, both included.
    /// </summary>
    [Range(1, 87_600)]
    public int GapHoursMax { get; set; } = 48;

    /// <summary>The instant up to which an operator confirms the time after a longer gap; none by default.</summary>
    public DateTimeOffset? ConfirmedUntil { get; set; }
}
