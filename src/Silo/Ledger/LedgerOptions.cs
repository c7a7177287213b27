using System.ComponentModel.DataAnnotations;

namespace Scoring.Ledger;

/// <summary>Limits and pauses of the ledger's writer, of its reads, and of the poll of its heads.</summary>
public sealed class LedgerOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Ledger";

    /// <summary>
    /// Lanes of the writer. A lane owns every partition whose number modulo this value is the lane's. Default 4; 1 to 64, both included.
    /// </summary>
    [Range(1, 64)]
    public int LaneCount { get; set; } = 4;

    /// <summary>Most rows in one commit of a lane. Default 2000; 1 to 20000, both included.</summary>
    [Range(1, 20000)]
    public int FlushRowsMax { get; set; } = 2000;

    /// <summary>
    /// Most rows that may wait to be written; an append beyond it is refused. Default 50000; 1 to 1000000, both included.
    /// </summary>
    [Range(1, 1_000_000)]
    public int BacklogRowsMax { get; set; } = 50_000;

    /// <summary>Longest wait of one append, in milliseconds. Default 8000; 10 to 60000, both included.</summary>
    [Range(10, 60_000)]
    public int AppendMillisecondsMax { get; set; } = 8000;

    /// <summary>
    /// How often a row is routed again because its handle has moved to another partition. Default 8; 1 to 100, both included.
    /// </summary>
    [Range(1, 100)]
    public int ReroutesMax { get; set; } = 8;

    /// <summary>
    /// Most linked handles that the silo's writer remembers, with what it needs to decide, number and hash their events by itself; about
    /// 400 bytes each. With 0 it remembers nothing, and the database decides every event. Default 1000000; 0 to 20000000, both included.
    /// </summary>
    [Range(0, 20_000_000)]
    public int RememberedHandlesMax { get; set; } = 1_000_000;

    /// <summary>
    /// Most rows of a partition that are kept in memory from their commit until the silo's stream takes them. Default 20000; 0 to 1000000,
    /// both included.
    /// </summary>
    [Range(0, 1_000_000)]
    public int TailRowsMax { get; set; } = 20_000;

    /// <summary>
    /// Whether rows are given to the silo that owns their partition's queue. Without it every silo writes what it receives. Default true.
    /// </summary>
    public bool RoutesToOwner { get; set; } = true;

    /// <summary>
    /// Longest wait for the owner of a partition, in milliseconds; then the rows are written here. Default 1000; 10 to 60000, both
    /// included.
    /// </summary>
    [Range(10, 60_000)]
    public int OwnerMillisecondsMax { get; set; } = 1000;

    /// <summary>
    /// How long an owner that did not answer is given nothing, in milliseconds. Default 5000; 0 to 600000, both included.
    /// </summary>
    [Range(0, 600_000)]
    public int OwnerPauseMilliseconds { get; set; } = 5000;

    /// <summary>Most rows in one read. Not below <c>Subjects:PageEntries</c>. Default 10000; 1 to 100000, both included.</summary>
    [Range(1, 100_000)]
    public int ReadRowsMax { get; set; } = 10_000;

    /// <summary>
    /// Most subjects whose histories one statement reads for the start of their folds. Default 32; 1 to 1000, both included.
    /// </summary>
    [Range(1, 1000)]
    public int HistorySubjectsMax { get; set; } = 32;

    /// <summary>Most such statements at the same time; further subjects gather meanwhile. Default 2; 1 to 64, both included.</summary>
    [Range(1, 64)]
    public int HistoryReadsMax { get; set; } = 2;

    /// <summary>
    /// Most subjects that may wait for such a statement; a read beyond it is refused. Default 20000; 100 to 1000000, both included.
    /// </summary>
    [Range(100, 1_000_000)]
    public int HistoryBacklogMax { get; set; } = 20_000;

    /// <summary>Positions that one statement of a bulk read covers. Default 5000; 100 to 100000, both included.</summary>
    [Range(100, 100_000)]
    public int BulkPositionsMax { get; set; } = 5000;

    /// <summary>Pause between polls of the heads while they move, in milliseconds. Default 20; 1 to 10000, both included.</summary>
    [Range(1, 10_000)]
    public int PollMilliseconds { get; set; } = 20;

    /// <summary>Longest pause between polls while no head moves, in milliseconds. Default 100; 1 to 60000, both included.</summary>
    [Range(1, 60_000)]
    public int PollIdleMilliseconds { get; set; } = 100;
}
