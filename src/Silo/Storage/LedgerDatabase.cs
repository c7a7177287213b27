using System.Buffers.Binary;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Scoring.Storage;

/// <summary>
/// The connections to PostgreSQL: a bounded pool for each use, so that readers never starve writers. Error details and parameters are
/// written nowhere, because they hold hashes of handles. Every new physical connection is checked against the ledger's incarnation.
/// </summary>
public sealed class LedgerDatabase : IAsyncDisposable
{
    private const string PoolPrefix = "scoring-";

    private readonly StorageOptions _options;

    /// <summary>Builds the pools. No connection is opened before it is needed.</summary>
    public LedgerDatabase(IOptions<StorageOptions> options, IncarnationMonitor incarnation)
    {
        Incarnation = incarnation;
        _options = options.Value;
        Lanes = Build(PoolPrefix + "lane", _options.WritersMax, incarnation);
        Writers = Build(PoolPrefix + "writer", _options.WritersMax, incarnation);
        Readers = Build(PoolPrefix + "reader", _options.ReadersMax, incarnation);
        Bulk = Build(PoolPrefix + "bulk", _options.BulkReadersMax, incarnation);
    }

    /// <summary>The number of partitions that the options set.</summary>
    public int PartitionCount => _options.PartitionCount;

    /// <summary>
    /// The partition that a keyed hash determines: a participant's by their locator, and that of a handle or a grant that is not known.
    /// </summary>
    public short PartitionOf(ReadOnlySpan<byte> hash) => (short)(BinaryPrimitives.ReadUInt16BigEndian(hash) % PartitionCount);

    /// <summary>The monitor that checks each new connection.</summary>
    public IncarnationMonitor Incarnation { get; }

    /// <summary>For the group commit alone, so that it gets a connection while other writers wait for locks.</summary>
    public NpgsqlDataSource Lanes { get; }

    /// <summary>For all other writes.</summary>
    public NpgsqlDataSource Writers { get; }

    /// <summary>For the reads of requests.</summary>
    public NpgsqlDataSource Readers { get; }

    /// <summary>For long reads in the background, so that no request waits for one of these connections.</summary>
    public NpgsqlDataSource Bulk { get; }

    /// <summary>Returns the use of a pool of this class by its name in Npgsql's metrics; <see langword="null"/> for other pools.</summary>
    internal static string? PoolOf(string? name) =>
        name is PoolPrefix + "lane" or PoolPrefix + "writer" or PoolPrefix + "reader" or PoolPrefix + "bulk"
            ? name[PoolPrefix.Length..]
            : null;

    /// <summary>
    /// Opens a connection outside the pools, for migrations, vacuum and other upkeep: statements may be long, and the planner is free.
    /// </summary>
    public async Task<NpgsqlConnection> OpenOwn(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_options.ConnectionString)
        {
            ApplicationName = "scoring-upkeep",
            Pooling = false,
            IncludeErrorDetail = false,
            CommandTimeout = _options.MigrationSecondsMax,
            Options = Settings([.. Always, ("statement_timeout", Milliseconds(_options.MigrationSecondsMax))]),
        }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Lanes.DisposeAsync();
        await Writers.DisposeAsync();
        await Readers.DisposeAsync();
        await Bulk.DisposeAsync();
    }

    // Settings that any role may set for itself. The start checks verify those that only a superuser may set.
    private (string, string)[] Always =>
    [
        ("jit", "off"), ("synchronous_commit", "on"), ("default_transaction_isolation", "read\\ committed"),
        ("log_parameter_max_length_on_error", "0"), ("timezone", "UTC"),
        ("idle_in_transaction_session_timeout", Milliseconds(_options.IdleInTransactionSecondsMax)),
    ];

    // Every statement reads its tables through an index, a row at a time, also when a table is small or new at the time of planning.
    private (string, string)[] Planned =>
    [
        ("plan_cache_mode", "force_generic_plan"), ("enable_seqscan", "off"), ("enable_hashjoin", "off"), ("enable_mergejoin", "off"),
        ("enable_material", "off"), ("enable_memoize", "off"), ("enable_bitmapscan", "off"), ("work_mem", "64MB"),
        ("max_parallel_workers_per_gather", "0"), ("statement_timeout", Milliseconds(_options.StatementSecondsMax)),
    ];

    private NpgsqlDataSource Build(string name, int poolMax, IncarnationMonitor incarnation)
    {
        var builder = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(_options.ConnectionString)
        {
            ApplicationName = name,
            Pooling = true,
            MaxPoolSize = poolMax,
            Multiplexing = false,
            IncludeErrorDetail = false,
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            CommandTimeout = _options.StatementSecondsMax + 1,
            Timeout = _options.StatementSecondsMax,
            Options = Settings([.. Always, .. Planned]),
        }.ConnectionString)
        {
            Name = name,
        };
        builder.EnableParameterLogging(false);
        builder.UsePhysicalConnectionInitializer(incarnation.Check, incarnation.CheckAsync);
        return builder.Build();
    }

    private string Settings((string Name, string Value)[] settings)
    {
        var own = string.Join(' ', settings.Select(s => $"-c {s.Name}={s.Value}"));
        var configured = new NpgsqlConnectionStringBuilder(_options.ConnectionString).Options;
        return string.IsNullOrEmpty(configured) ? own : $"{configured} {own}";
    }

    private static string Milliseconds(int seconds) => $"{seconds}000";
}
