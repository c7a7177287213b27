using System.ComponentModel.DataAnnotations;

namespace Scoring.Storage;

/// <summary>How the silo connects to PostgreSQL.</summary>
public sealed class StorageOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Storage";

    /// <summary>Npgsql's connection string: host, database, role. The platform sets its pool and adds to its <c>Options</c>.</summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// Number of partitions of a new ledger. An existing ledger must have the same number. Default 16; 1 to 1024, both included.
    /// </summary>
    [Range(1, 1024)]
    public int PartitionCount { get; set; } = 16;

    /// <summary>Most connections of the writers' pool, and as many of the lanes' pool. Default 12; 2 to 200, both included.</summary>
    [Range(2, 200)]
    public int WritersMax { get; set; } = 12;

    /// <summary>Most connections of the readers' pool. Default 16; 1 to 200, both included.</summary>
    [Range(1, 200)]
    public int ReadersMax { get; set; } = 16;

    /// <summary>Most connections of the pool for long reads in the background. Default 2; 1 to 16, both included.</summary>
    [Range(1, 16)]
    public int BulkReadersMax { get; set; } = 2;

    /// <summary>Longest statement, in seconds. No commit takes longer. Default 10; 1 to 300, both included.</summary>
    [Range(1, 300)]
    public int StatementSecondsMax { get; set; } = 10;

    /// <summary>Longest pause inside a transaction, in seconds. Default 10; 1 to 300, both included.</summary>
    [Range(1, 300)]
    public int IdleInTransactionSecondsMax { get; set; } = 10;

    /// <summary>Longest migration, in seconds. Default 600; 1 to 86400, both included.</summary>
    [Range(1, 86400)]
    public int MigrationSecondsMax { get; set; } = 600;

    /// <summary>
    /// Fingerprints of the platform's keys by name, never the keys themselves. The first start stores them; every later start compares.
    /// </summary>
    public IDictionary<string, string> KeyFingerprints { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);
}
