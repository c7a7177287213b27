using System.ComponentModel.DataAnnotations;

namespace Scoring.Subjects;

/// <summary>Limits of an active subject.</summary>
public sealed class SubjectOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Subjects";

    /// <summary>Number of new entries after which a snapshot is stored. Default 200; 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int SnapshotEntries { get; set; } = 200;

    /// <summary>Entries in one read from the ledger. Default 1000; 1 to 20,000.</summary>
    [Range(1, 20_000)]
    public int PageEntries { get; set; } = 1000;

    /// <summary>
    /// Greatest number of entries that an explanation, a what-if or a page of accesses reads and folds. Default 100,000; 10 to 10,000,000.
    /// </summary>
    [Range(10, 10_000_000)]
    public int FoldEntriesMax { get; set; } = 100_000;

    /// <summary>
    /// Greatest number of recent answers in memory, for a service that repeats a query within its answer's validity. Default 8; 0 to 1000.
    /// </summary>
    [Range(0, 1000)]
    public int AnswersMax { get; set; } = 8;

    /// <summary>
    /// Seconds after which the registration with the partition is renewed. It must be below the partition's lease. Default 240; 1 to
    /// 86,400.
    /// </summary>
    [Range(1, 86_400)]
    public int RenewSeconds { get; set; } = 240;

    /// <summary>Seconds after which a failed registration is tried again. Default 5; 1 to 3600.</summary>
    [Range(1, 3600)]
    public int RegisterAgainSeconds { get; set; } = 5;

    /// <summary>
    /// Milliseconds for which a subject waits for its partition before it continues unregistered. Default 1000; 10 to 20,000.
    /// </summary>
    [Range(10, 20_000)]
    public int RegisterTimeoutMs { get; set; } = 1000;

    /// <summary>
    /// Milliseconds for which a caller waits for the answer of a subject's silo before it folds the ledger itself. Default 1000; 50 to
    /// 20,000.
    /// </summary>
    [Range(50, 20_000)]
    public int AnswerWaitMs { get; set; } = 1000;

    /// <summary>
    /// The greatest number of such folds that a silo makes at the same time. Further ones wait, at most as long again. Default 32; 1 to
    /// 1000.
    /// </summary>
    [Range(1, 1000)]
    public int FoldsForOthersMax { get; set; } = 32;

    /// <summary>Minutes without a call after which a subject is deactivated. Default 15; 2 to 10,080.</summary>
    [Range(2, 10_080)]
    public int CollectionAgeMinutes { get; set; } = 15;
}
