using System.ComponentModel.DataAnnotations;

namespace Scoring.Storage;

/// <summary>How this silo reaches PostgreSQL.</summary>
public sealed class StorageOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Storage";

    /// <summary>Npgsql's connection string: host, database, role. Its pool and its <c>Options</c> are set by us.</summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>How many partitions a new ledger gets; an old one must have as many. Default 16; 1 to 1024, both included.</summary>
    [Range(1, 1024)]
    public int PartitionCount { get; set; } = 16;

    /// <summary>Most connections that write, and as many again for the lanes. Default 12; 2 to 200, both included.</summary>
    [Range(2, 200)]
    public int WritersMax { get; set; } = 12;

    /// <summary>Most connections that read. Default 16; 1 to 200, both included.</summary>
    [Range(1, 200)]
    public int ReadersMax { get; set; } = 16;

    /// <summary>Most connections that read in bulk and in the background. Default 2; 1 to 16, both included.</summary>
    [Range(1, 16)]
    public int BulkReadersMax { get; set; } = 2;

    /// <summary>Longest statement, in seconds; no commit takes longer. Default 10; 1 to 300, both included.</summary>
    [Range(1, 300)]
    public int StatementSecondsMax { get; set; } = 10;

    /// <summary>Longest pause inside a transaction, in seconds. Default 10; 1 to 300, both included.</summary>
    [Range(1, 300)]
    public int IdleInTransactionSecondsMax { get; set; } = 10;

    /// <summary>Longest migration, in seconds. Default 600; 1 to 86400, both included.</summary>
    [Range(1, 86400)]
    public int MigrationSecondsMax { get; set; } = 600;

    /// <summary>
    /// Fingerprints of the platform's keys by name: stored at the first start, the same at every other. Never the keys themselves.
    /// </summary>
    public IDictionary<string, string> KeyFingerprints { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);
}
