using Microsoft.Extensions.Options;
using Npgsql;

namespace Scoring.Storage;

/// <summary>
/// The ways to PostgreSQL, a bounded pool per use, so that readers never starve writers. No error detail and no parameter is ever
/// written anywhere: they hold hashes of handles. Every new physical connection is checked against the ledger's incarnation.
/// </summary>
public sealed class LedgerDatabase : IAsyncDisposable
{
    private readonly StorageOptions _options;

    /// <summary>Opens nothing yet.</summary>
    public LedgerDatabase(IOptions<StorageOptions> options, IncarnationMonitor incarnation)
    {
        _options = options.Value;
        Lanes = Build("scoring-lane", _options.WritersMax, incarnation);
        Writers = Build("scoring-writer", _options.WritersMax, incarnation);
        Readers = Build("scoring-reader", _options.ReadersMax, incarnation);
        Bulk = Build("scoring-bulk", _options.BulkReadersMax, incarnation);
    }

    /// <summary>For the group-committing writer alone: nobody who waits for a lock keeps it from a connection.</summary>
    public NpgsqlDataSource Lanes { get; }

    /// <summary>For everything else that appends or changes.</summary>
    public NpgsqlDataSource Writers { get; }

    /// <summary>For everything else.</summary>
    public NpgsqlDataSource Readers { get; }

    /// <summary>For long reads in the background: nobody's request waits for one of its connections.</summary>
    public NpgsqlDataSource Bulk { get; }

    /// <summary>A connection of its own, for migrations, vacuum and the checks at start: long statements, no pool, any plan.</summary>
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

    // What any role may set for itself. What only a superuser may is asked of the server by the checks at start.
    private (string, string)[] Always =>
    [
        ("jit", "off"), ("synchronous_commit", "on"), ("default_transaction_isolation", "read\\ committed"),
        ("log_parameter_max_length_on_error", "0"), ("timezone", "UTC"),
        ("idle_in_transaction_session_timeout", Milliseconds(_options.IdleInTransactionSecondsMax)),
    ];

    // Our statements enter every table by an index, a row at a time, however small or new the table is when they are planned.
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
        var ours = string.Join(' ', settings.Select(s => $"-c {s.Name}={s.Value}"));
        var given = new NpgsqlConnectionStringBuilder(_options.ConnectionString).Options;
        return string.IsNullOrEmpty(given) ? ours : $"{given} {ours}";
    }

    private static string Milliseconds(int seconds) => $"{seconds}000";
}
