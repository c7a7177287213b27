using System.ComponentModel.DataAnnotations;

namespace Scoring.Notices;

/// <summary>Limits of live notices.</summary>
public sealed class NoticeOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Notices";

    /// <summary>
    /// Greatest number of seconds that one call waits for a notice. Default 20; 1 to 25, which is below the time-out of a grain call.
    /// </summary>
    [Range(1, 25)]
    public int WaitSeconds { get; set; } = 20;

    /// <summary>
    /// Milliseconds from one read of a silo to the next, which serves all calls that wait on the silo. Default 250; 10 to 10,000.
    /// </summary>
    [Range(10, 10_000)]
    public int LookMilliseconds { get; set; } = 250;
}
