using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Administration;
using Scoring.Checkpoints;
using Scoring.Contests;
using Scoring.Enrolments;
using Scoring.Erasures;
using Scoring.Grants;
using Scoring.Handles;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Migrations;
using Scoring.Programmes;
using Scoring.Retention;
using Scoring.Simulation;
using Scoring.Statistics;

namespace Scoring.Storage;

/// <summary>The ledger and the enrolments of one silo on a migrated database. Several stages on one database are several writers.</summary>
public sealed class LedgerStage : ILedgerStage
{
    private readonly StorageOptions storage = new();

    private LedgerStage(string connectionString, LedgerOptions? ledger, string erasures)
    {
        ErasureFolder = erasures;
        Erasures = new ErasureList(
            Options.Create(new ErasureOptions { Folder = erasures }), Keys, TimeProvider.System, new Forward<ErasureList>(Log));
        ConnectionString = storage.ConnectionString = connectionString;
        storage.PartitionCount = 4;
        Incarnation = new IncarnationMonitor();
        Database = new LedgerDatabase(Options.Create(storage), Incarnation);
        var options = Options.Create(ledger ?? new LedgerOptions());
        Heads = new LedgerHeads(
            Database, options, TimeProvider.System, NullLogger<LedgerHeads>.Instance);
        PostgresLedger = new PostgresLedger(
            Database, Heads, options, TimeProvider.System, new Forward<PostgresLedger>(Log));
        var subjects = new LockedSubjects(Database, Heads, EnrolmentOptions);
        var clock = new ProgrammeClock(TimeProvider.System);
        Finisher = new ErasureFinisher(Database, Erasures, Memory, EnrolmentOptions);
        Withdrawals = new WithdrawalWriter(subjects, new TombstoneWriter(Signer), Finisher);
        EndedProgrammes = new EndedProgrammeEraser(Database, Withdrawals, Finisher, clock, EnrolmentOptions);
        PostgresEnrolments = new PostgresEnrolments(
            new EnrolmentDependencies(
                subjects, new EnrolmentReader(Database, clock), new EnrolmentWriter(Database, Heads), new GrantWriter(subjects),
                new HandleLinkWriter(subjects), Withdrawals),
            new Forward<PostgresEnrolments>(Log));
        Contests = new PostgresContests(Database, Heads, EnrolmentOptions, new Forward<PostgresContests>(Log));
        Expiring = new RetentionExpirer(
            Database, Heads, new TombstoneWriter(Signer),
            Options.Create(new RetentionOptions { ReadRowsMax = 100, ClearRowsMax = 7 }));
        Tables = new ProgrammeReader(Database);
        Programmes = new PostgresProgrammeStore(
            new AdminActionWriter(Database, Heads), new RecordReader(Database), new PublishedDocuments(Tables), News,
            new Forward<PostgresProgrammeStore>(Log));
        Bulk = new PostgresSimulationLedger(
            Database, Options.Create(new LedgerOptions { BulkPositionsMax = 100 }), new Forward<PostgresSimulationLedger>(Log));
        Statistics = new PostgresStatistics(Database, new Forward<PostgresStatistics>(Log));
    }

    public static IOptions<EnrolmentOptions> EnrolmentOptions { get; } = Options.Create(new EnrolmentOptions { EraseRowsMax = 3 });

    public string ConnectionString { get; }

    public string Name => new NpgsqlConnectionStringBuilder(ConnectionString).Database!;

    /// <summary>The folder of the list outside the database; empty for none.</summary>
    public string ErasureFolder { get; }

    public static PlatformKeys Keys { get; } = new(new byte[32], [.. Enumerable.Repeat((byte)1, 32)], new byte[32], new byte[32]);

    /// <summary>Signs what stages say.</summary>
    public static ReceiptSigner Signer { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256), "stage");

    internal ErasureList Erasures { get; }

    internal TestMemory Memory { get; } = new();

    internal RetentionExpirer Expiring { get; }

    public IncarnationMonitor Incarnation { get; }

    public LedgerDatabase Database { get; }

    public LedgerHeads Heads { get; }

    public PostgresLedger PostgresLedger { get; }

    internal PostgresEnrolments PostgresEnrolments { get; }

    internal WithdrawalWriter Withdrawals { get; }

    internal ErasureFinisher Finisher { get; }

    internal EndedProgrammeEraser EndedProgrammes { get; }

    internal PostgresCheckpoints Checkpoints => new(Database, new Forward<PostgresCheckpoints>(Log));

    internal IContestStore Contests { get; }

    internal ProgrammeReader Tables { get; }

    internal ProgrammeChangeSignal News { get; } = new();

    internal IProgrammeStore Programmes { get; }

    internal ISimulationLedger Bulk { get; }

    internal IStatisticsStore Statistics { get; }

    /// <summary>The job that makes months in this silo, which knows safe-driver as it is shipped.</summary>
    internal MonthlyStatisticsService MonthMaking(TimeProvider time, StatisticsOptions? options = null, IStatisticsStore? store = null)
    {
        var clock = new ProgrammeClock(time);
        return new MonthlyStatisticsService(
            store ?? Statistics, new CurrentCatalogue(Book(time), clock), clock, Options.Create(options ?? new StatisticsOptions()),
            TimeProvider.System, new Forward<MonthlyStatisticsService>(Log));
    }

    /// <summary>The sweeper of this silo, which knows safe-driver as it is shipped.</summary>
    internal ErasureSweeper Sweeper(
        TimeProvider? time = null, ILogger<ErasureSweeper>? log = null, EnrolmentOptions? options = null) => new(
        new ErasureSweeperDependencies(EndedProgrammes, Finisher, Erasures, NewRetentionSweep(time), Database), News,
        options is null ? EnrolmentOptions : Options.Create(options),
        TimeProvider.System, log ?? NullLogger<ErasureSweeper>.Instance);

    /// <summary>The sealer of this silo.</summary>
    internal CheckpointService Sealer(TimeProvider? time = null, CheckpointOptions? options = null, CheckpointSigner? signer = null)
    {
        var (checkpoints, clock) = (Options.Create(options ?? new CheckpointOptions()), new ProgrammeClock(time ?? TimeProvider.System));
        var climbing = new MerkleTileBuilder(checkpoints.Value.TilesAtOnceMax);
        var sealing = new CheckpointBuilder(
            new PartitionPadder(Database, Heads, clock), climbing, new CheckpointKeys(signer ?? new CheckpointSigner(new byte[32]), checkpoints),
            Incarnation, clock);
        return new CheckpointService(
            Database, sealing, checkpoints, time ?? TimeProvider.System, new Forward<CheckpointService>(Log));
    }

    /// <summary>The start of this silo as far as it is about leaving.</summary>
    internal ErasureReplayService LeavingStart(TimeProvider? time = null) => new(
        new ErasureReplayer(
            Erasures, Withdrawals, Database, new ProgrammeClock(time ?? TimeProvider.System), new Forward<ErasureReplayer>(Log)),
        Finisher, NewRetentionSweep(time), new Forward<ErasureReplayService>(Log));

    private RetentionSweep NewRetentionSweep(TimeProvider? time) =>
        new(Expiring, Due(time ?? TimeProvider.System), Options.Create(new RetentionOptions()));

    private static RetentionDueDays Due(TimeProvider time) => new(Book(time), new ProgrammeClock(time));

    private static CurrentRuleBook Book(TimeProvider time)
    {
        var book = new CurrentRuleBook(Options.Create(new RuleBookOptions()), TimeProvider.System);
        var documents = Versions.Shipped with { Versions = Versions.Shipped.VersionsOf(Some.Programme) };
        book.Renew(documents.Compile(), documents.Publish(time.GetUtcNow()));
        return book;
    }

    /// <summary>What was logged, each with its level in front.</summary>
    public List<string> Log { get; } = [];

    ILedger ILedgerStage.Ledger => PostgresLedger;

    ILedgerHeads ILedgerStage.Heads => Heads;

    IEnrolmentStore ILedgerStage.Enrolments => PostgresEnrolments;

    /// <summary>A stage on a new database with the programmes of <see cref="Some"/>.</summary>
    public static async Task<LedgerStage> Open(PostgresServer server, LedgerOptions? ledger = null, string erasures = "")
    {
        var stage = await OpenEmpty(server, ledger, erasures);
        await stage.Execute(
            $"INSERT INTO ledger.programme (id, document) VALUES ('{Some.Programme}', '{{}}'), ('{Some.OtherProgramme}', '{{}}')");
        return stage;
    }

    /// <summary>A stage on a new database in which nothing is published.</summary>
    public static async Task<LedgerStage> OpenEmpty(PostgresServer server, LedgerOptions? ledger = null, string erasures = "")
    {
        var stage = new LedgerStage(await server.NewDatabase(), ledger, erasures);
        await stage.Migrate();
        return stage;
    }

    /// <summary>Another writer on the same database.</summary>
    public LedgerStage Beside(LedgerOptions? ledger = null) => new(ConnectionString, ledger, ErasureFolder);

    /// <summary>A stage on another database, say a restored copy.</summary>
    public LedgerStage On(string connectionString) => new(connectionString, null, ErasureFolder);

    public async Task Migrate()
    {
        await new Migrator(Database, NullLogger<Migrator>.Instance).Migrate(CancellationToken.None);
        await new StartChecks(Database, Incarnation, Options.Create(storage)).Run(CancellationToken.None);
    }

    public async Task<int> Execute(string sql)
    {
        await using var connection = await Database.OpenOwn(CancellationToken.None);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// Returns once a connection of one pool waits for a lock, at most 20 seconds. PostgreSQL tells nobody when, so it is asked; each
    /// asking
    /// goes there and back.
    /// </summary>
    public async Task WaitsForLock(string pool)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await Scalar<long>($"""
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = '{pool}' AND wait_event_type = 'Lock'
            """) == 0) limit.Token.ThrowIfCancellationRequested();
    }

    public async Task<T> Scalar<T>(string sql) => (await Rows<T>(sql)).Single();

    public async Task<List<T>> Rows<T>(string sql)
    {
        var rows = new List<T>();
        await using var connection = await Database.OpenOwn(CancellationToken.None);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) rows.Add(reader.GetFieldValue<T>(0));
        return rows;
    }

    Task ILedgerStage.Suspend(ProgrammeId programme) => Execute($"UPDATE ledger.programme SET suspended = true WHERE id = '{programme}'");

    public async ValueTask DisposeAsync()
    {
        await PostgresLedger.DisposeAsync();
        Heads.Dispose();
        Erasures.Dispose();
        await Database.DisposeAsync();
    }

    private sealed class Forward<T>(List<string> lines) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> text)
        {
            lock (lines) lines.Add($"{level}: {text(state, exception)}");
        }
    }
}

/// <summary>The silos' memory as a test sees it.</summary>
internal sealed class TestMemory : ISubjectMemory
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<Subjects.SubjectId> forgotten = new();

    public IReadOnlyList<Subjects.SubjectId> Forgotten => [.. forgotten];

    /// <summary>Whose silo does not answer.</summary>
    public Predicate<Subjects.SubjectId>? IsDeaf { get; set; }

    public Task Forget(Subjects.SubjectKind kind, Subjects.SubjectId subject)
    {
        if (IsDeaf?.Invoke(subject) == true) throw new LedgerUnavailableException();
        forgotten.Enqueue(subject);
        return Task.CompletedTask;
    }
}
