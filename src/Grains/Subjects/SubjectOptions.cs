using System.ComponentModel.DataAnnotations;

namespace Scoring.Subjects;

/// <summary>Limits of a subject that is awake.</summary>
public sealed class SubjectOptions
{
    /// <summary>New entries after which a snapshot is kept. Default 200.</summary>
    [Range(1, 100_000)]
    public int SnapshotEntries { get; set; } = 200;

    /// <summary>Entries read from the ledger at once. Default 1000.</summary>
    [Range(1, 20_000)]
    public int PageEntries { get; set; } = 1000;

    /// <summary>Latest answers kept, for a service that asks again within its answer's validity. Default 8.</summary>
    [Range(0, 1000)]
    public int AnswersMax { get; set; } = 8;

    /// <summary>Seconds after which the registration with the partition is renewed; below the partition's lease. Default 240.</summary>
    [Range(1, 86_400)]
    public int RenewSeconds { get; set; } = 240;

    /// <summary>Seconds after which a registration that failed is tried again. Default 5.</summary>
    [Range(1, 3600)]
    public int RegisterAgainSeconds { get; set; } = 5;

    /// <summary>Milliseconds that a subject waits for its partition before it goes on unregistered. Default 1000.</summary>
    [Range(10, 20_000)]
    public int RegisterTimeoutMs { get; set; } = 1000;

    /// <summary>Minutes without a call after which a subject goes to sleep. Default 15.</summary>
    [Range(2, 10_080)]
    public int CollectionAgeMinutes { get; set; } = 15;
}
