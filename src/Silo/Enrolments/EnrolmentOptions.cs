using System.ComponentModel.DataAnnotations;

namespace Scoring.Enrolments;

/// <summary>How enrolments are written and erased.</summary>
public sealed class EnrolmentOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Enrolments";

    /// <summary>How often a decision is tried when handles move meanwhile. Default 8; 1 to 100, both included.</summary>
    [Range(1, 100)]
    public int AttemptsMax { get; set; } = 8;

    /// <summary>Most rows erased in one statement. Default 1000; 1 to 100000, both included.</summary>
    [Range(1, 100_000)]
    public int EraseRowsMax { get; set; } = 1000;

    /// <summary>Most enrolments of ended programmes looked up at once to be erased. Default 500; 1 to 10000, both included.</summary>
    [Range(1, 10_000)]
    public int EndedRowsMax { get; set; } = 500;

    /// <summary>Pause between sweeps, in seconds: each finishes interrupted withdrawals and vacuums after complete ones. What was
    /// erased is gone from dead tuples within the hour. Default 600; 1 to 3000, both included.</summary>
    [Range(1, 3000)]
    public int SweepSeconds { get; set; } = 600;

    /// <summary>
    /// Greatest size, with its indexes, of a table that a sweep writes anew after erasures, so that nothing of them is left in free space
    /// either; the table is locked meanwhile, about a second at 64 MiB. 0 for never. Default 64; 0 to 512, both included.
    /// </summary>
    [Range(0, 512)]
    public int RewriteMiBMax { get; set; } = 64;
}
