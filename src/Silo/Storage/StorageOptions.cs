using System.ComponentModel.DataAnnotations;
using Scoring.Settings;

namespace Scoring.Storage;

/// <summary>How the silo connects to PostgreSQL.</summary>
public sealed class StorageOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Storage";

    /// <summary>Npgsql's connection string: host, database, role. The platform sets its pool and adds to its <c>Options</c>.</summary>
    [Required, Secret]
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

    /// <summary>
    /// Longest statement of a migration and longest VACUUM of the sweeper, in seconds. Default 600; 1 to 86400, both included.
    /// </summary>
    [Range(1, 86400)]
    public int MigrationSecondsMax { get; set; } = 600;

    /// <summary>Longest wait for the migrations of another silo, in seconds. Default 3600; 1 to 86400, both included.</summary>
    [Range(1, 86400)]
    public int MigrationWaitSecondsMax { get; set; } = 3600;

    /// <summary>
    /// Most memory of one index build or sort of a migration, in MiB, on the server. A build that needs more fails, because the platform's
    /// role may write no temporary file. An index needs about 64 bytes for each of its rows. Default 1024; 16 to 1048576, both included.
    /// </summary>
    [Range(16, 1_048_576)]
    public int MigrationMemoryMiB { get; set; } = 1024;

    /// <summary>
    /// Longest wait of a migration's transaction for one lock, in milliseconds; appends queue behind it meanwhile. Below the server's
    /// <c>deadlock_timeout</c>, which is a second by default, a migration gives way and not a request. Default 800; 10 to 60000, both
    /// included.
    /// </summary>
    [Range(10, 60_000)]
    public int MigrationLockMilliseconds { get; set; } = 800;

    /// <summary>How often a migration that does not get a lock is tried. Default 100; 1 to 10000, both included.</summary>
    [Range(1, 10_000)]
    public int MigrationAttemptsMax { get; set; } = 100;

    /// <summary>
    /// Most seconds that a silo takes to stop when its database was replaced, for example by a failover. It has nothing to hand over then,
    /// and nothing is served until it runs again. Default 1; 1 to 60, both included.
    /// </summary>
    [Range(1, 60)]
    public int ReplacedStopSeconds { get; set; } = 1;

    /// <summary>
    /// Fingerprints of the platform's keys by name, never the keys themselves. The first start stores them; every later start compares.
    /// </summary>
    [SetByPlatform]
    public IDictionary<string, string> KeyFingerprints { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);
}
