using System.ComponentModel.DataAnnotations;

namespace Scoring.Enrolments;

/// <summary>Limits of writing and erasing enrolments.</summary>
public sealed class EnrolmentOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Enrolments";

    /// <summary>
    /// How often a change is tried when the subject is found in another partition after the lock, or when a withdrawal's partition grew by
    /// more than <see cref="CountRowsMax"/> rows before the lock. Default 8; 1 to 100, both included.
    /// </summary>
    [Range(1, 100)]
    public int AttemptsMax { get; set; } = 8;

    /// <summary>
    /// How many transactions of enrolments one silo runs at a time. A partition always has the same one. Default 4; 1 to 64, both included.
    /// </summary>
    [Range(1, 64)]
    public int LaneCount { get; set; } = 4;

    /// <summary>
    /// Most enrolments in one transaction. Those that come while one runs share the next. Default 32; 1 to 1000, both included.
    /// </summary>
    [Range(1, 1000)]
    public int TogetherMax { get; set; } = 32;

    /// <summary>Most rows erased in one statement. Default 1000; 1 to 100000, both included.</summary>
    [Range(1, 100_000)]
    public int EraseRowsMax { get; set; } = 1000;

    /// <summary>
    /// Most rows of a partition that a withdrawal counts while it holds the partition's lock; it counts the others before. Default 1000; 10
    /// to 100000, both included.
    /// </summary>
    [Range(10, 100_000)]
    public int CountRowsMax { get; set; } = 1000;

    /// <summary>
    /// Most enrolments of ended programmes that one statement reads to erase them. Default 500; 1 to 10000, both included.
    /// </summary>
    [Range(1, 10_000)]
    public int EndedRowsMax { get; set; } = 500;

    /// <summary>
    /// Pause between sweeps, in seconds. A sweep finishes interrupted withdrawals and vacuums after finished ones, so that erased rows
    /// leave the dead tuples within an hour. Default 600; 1 to 3000, both included.
    /// </summary>
    [Range(1, 3000)]
    public int SweepSeconds { get; set; } = 600;

    /// <summary>
    /// Greatest size in MiB, indexes included, of a table that a sweep rewrites after erasures, so that free space holds nothing of them
    /// either. The table is locked meanwhile, for about a second at 64 MiB. 0 rewrites no table. Default 64; 0 to 512, both included.
    /// </summary>
    [Range(0, 512)]
    public int RewriteMiBMax { get; set; } = 64;
}
