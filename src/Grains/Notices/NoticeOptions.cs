using System.ComponentModel.DataAnnotations;

namespace Scoring.Notices;

/// <summary>Limits of live notices.</summary>
public sealed class NoticeOptions
{
    /// <summary>
    /// Seconds that one question waits for something to come. Default 20; 1 to 25, both included: below the time in which a grain's answer
    /// must come.
    /// </summary>
    [Range(1, 25)]
    public int WaitSeconds { get; set; } = 20;

    /// <summary>
    /// Milliseconds from one look of a silo into the ledger to the next, for all who wait there together. Default 250; 10 to 10000, both
    /// included.
    /// </summary>
    [Range(10, 10_000)]
    public int LookMilliseconds { get; set; } = 250;
}
