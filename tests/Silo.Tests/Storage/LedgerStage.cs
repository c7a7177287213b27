using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Administration;
using Scoring.Background;
using Scoring.Checkpoints;
using Scoring.Clocks;
using Scoring.Contests;
using Scoring.Enrolments;
using Scoring.Erasures;
using Scoring.Grants;
using Scoring.Handles;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Owners;
using Scoring.Migrations;
using Scoring.Programmes;
using Scoring.Retention;
using Scoring.Simulation;
using Scoring.Statistics;

namespace Scoring.Storage;

/// <summary>The storage services of one silo on a migrated database. Several stages on one database are several writers.</summary>
public sealed class LedgerStage : ILedgerStage
{
    private readonly StorageOptions _storage = new();

    private LedgerStage(string connectionString, LedgerOptions? ledger, string erasures)
    {
        ErasureFolder = erasures;
        Erasures = new ErasureList(
            Options.Create(new ErasureOptions { Folder = erasures }), Keys, TimeProvider.System, new ListLogger<ErasureList>(Log));
        ConnectionString = _storage.ConnectionString = connectionString;
        _storage.PartitionCount = 4;
        Incarnation = new IncarnationMonitor();
        Database = new LedgerDatabase(Options.Create(_storage), Incarnation);
        var options = Options.Create(ledger ?? new LedgerOptions());
        Steps = NewSteps();
        Heads = new LedgerHeads(Database, options, Steps);
        Tail = new LedgerTail(options);
        PostgresLedger = new PostgresLedger(
            Database, new LedgerWriterDependencies(Heads, Tail, new LocalPartitions(), new FlushTraces()), options, TimeProvider.System,
            new ListLogger<PostgresLedger>(Log));
        var subjects = new LockedSubjects(Database, Heads, EnrolmentOptions);
        var clock = new ProgrammeClock(TimeProvider.System);
        Finisher = new ErasureFinisher(
            Database, Erasures, Memory, new LocalWriterMemory(PostgresLedger), EnrolmentOptions);
        Withdrawals = new WithdrawalWriter(subjects, new TombstoneWriter(Signer), Finisher, EnrolmentOptions);
        EndedProgrammes = new EndedProgrammeEraser(Database, Withdrawals, Finisher, clock, EnrolmentOptions);
        PostgresEnrolments = new PostgresEnrolments(
            new EnrolmentStoreDependencies(
                subjects, new EnrolmentReader(Database, clock), new EnrolmentLanes(Database, Heads, EnrolmentOptions),
                new GrantWriter(subjects), new HandleLinkWriter(subjects), Withdrawals),
            new ListLogger<PostgresEnrolments>(Log));
        Contests = new PostgresContests(Database, Heads, EnrolmentOptions, new ListLogger<PostgresContests>(Log));
        Expirer = new RetentionExpirer(
            Database, Heads, new TombstoneWriter(Signer),
            Options.Create(new RetentionOptions { ReadRowsMax = 100, ClearRowsMax = 7 }));
        ProgrammeReader = new ProgrammeReader(Database);
        Programmes = new PostgresProgrammeStore(
            new AdminActionWriter(Database, Heads), new RecordReader(Database), new PublishedDocuments(ProgrammeReader), ProgrammeChanges,
            new ListLogger<PostgresProgrammeStore>(Log));
        Simulation = new PostgresSimulationLedger(
            Database, Options.Create(new LedgerOptions { BulkPositionsMax = 100 }), new ListLogger<PostgresSimulationLedger>(Log));
        Statistics = new PostgresStatistics(Database, new ListLogger<PostgresStatistics>(Log));
    }

    public static IOptions<EnrolmentOptions> EnrolmentOptions { get; } =
        Options.Create(new EnrolmentOptions { EraseRowsMax = 3, CountRowsMax = 20 });

    public string ConnectionString { get; }

    public string Name => new NpgsqlConnectionStringBuilder(ConnectionString).Database!;

    /// <summary>The folder of the list outside the database; empty for none.</summary>
    public string ErasureFolder { get; }

    public static PlatformKeys Keys { get; } = new(new byte[32], [.. Enumerable.Repeat((byte)1, 32)], new byte[32], new byte[32]);

    /// <summary>Signs receipts and tombstones.</summary>
    public static ReceiptSigner Signer { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256), "stage");

    internal ErasureList Erasures { get; }

    internal FakeSubjectMemory Memory { get; } = new();

    internal RetentionExpirer Expirer { get; }

    /// <summary>Runs the steps of the services that are made from now on.</summary>
    internal BackgroundStepRunner Steps { get; set; }

    public IncarnationMonitor Incarnation { get; }

    public LedgerDatabase Database { get; }

    public LedgerHeads Heads { get; }

    internal LedgerTail Tail { get; }

    public PostgresLedger PostgresLedger { get; }

    internal PostgresEnrolments PostgresEnrolments { get; }

    internal WithdrawalWriter Withdrawals { get; }

    internal ErasureFinisher Finisher { get; }

    internal EndedProgrammeEraser EndedProgrammes { get; }

    internal PostgresCheckpoints Checkpoints => new(Database, new ListLogger<PostgresCheckpoints>(Log));

    internal IContestStore Contests { get; }

    internal ProgrammeReader ProgrammeReader { get; }

    internal ProgrammeChangeSignal ProgrammeChanges { get; } = new();

    internal IProgrammeStore Programmes { get; }

    public ISimulationLedger Simulation { get; }

    internal IStatisticsStore Statistics { get; }

    /// <summary>The statistics service of a silo that knows the shipped programme safe-driver.</summary>
    internal MonthlyStatisticsService NewStatisticsService(
        TimeProvider time, StatisticsOptions? options = null, IStatisticsStore? store = null)
    {
        var clock = new ProgrammeClock(time);
        return new MonthlyStatisticsService(
            new MonthlyStatisticsDependencies(
                store ?? Statistics, NewCatalogue(time), clock, Options.Create(options ?? new StatisticsOptions())),
            Steps, new ListLogger<MonthlyStatisticsService>(Log));
    }

    /// <summary>The catalogue of a silo that knows the shipped programme safe-driver.</summary>
    internal CurrentCatalogue NewCatalogue(TimeProvider time) => new(Book(time), new ProgrammeClock(time));

    /// <summary>A guard of this machine's clock. It accepts a gap of ten years to the newest checkpoint by default.</summary>
    internal ClockGuard NewClockGuard(TimeProvider? machine = null, ClockOptions? options = null) => new(
        new PostgresClock(Database), Options.Create(options ?? new ClockOptions { GapHoursMax = 87_600 }), machine ?? TimeProvider.System,
        new ListLogger<ClockGuard>(Log));

    /// <summary>A runner whose irreversible steps depend on this machine's clock.</summary>
    internal BackgroundStepRunner NewSteps(TimeProvider? machine = null) => new(
        NewClockGuard(machine), Options.Create(new BackgroundOptions()), TimeProvider.System, new ListLogger<BackgroundStepRunner>(Log));

    /// <summary>The sweeper of a silo that knows the shipped programme safe-driver.</summary>
    internal ErasureSweeper NewSweeper(
        TimeProvider? time = null, ILogger<ErasureSweeper>? log = null, EnrolmentOptions? options = null) => new(
        new ErasureSweeperDependencies(EndedProgrammes, Finisher, Erasures, NewRetentionSweep(time), Database), ProgrammeChanges,
        options is null ? EnrolmentOptions : Options.Create(options), Steps, log ?? NullLogger<ErasureSweeper>.Instance);

    /// <summary>The checkpoint service of this silo.</summary>
    internal CheckpointService NewCheckpointService(
        TimeProvider? time = null, CheckpointOptions? options = null, CheckpointSigner? signer = null)
    {
        var checkpoints = Options.Create(options ?? new CheckpointOptions());
        var clock = new ProgrammeClock(time ?? TimeProvider.System);
        var tiles = new MerkleTileBuilder(checkpoints.Value.TilesAtOnceMax);
        var builder = new CheckpointBuilder(
            new PartitionPadder(Database, Heads, clock), tiles,
            new CheckpointKeys(signer ?? new CheckpointSigner(new byte[32]), checkpoints), Incarnation, clock);
        return new CheckpointService(
            Database, builder, checkpoints, new CheckpointServiceDependencies(time ?? TimeProvider.System, Steps),
            new ListLogger<CheckpointService>(Log));
    }

    /// <summary>The service that replays the erasure list at the start of this silo.</summary>
    internal ErasureReplayService NewErasureReplay(TimeProvider? time = null) => new(
        new ErasureReplayer(
            Erasures, Withdrawals, Database, new ProgrammeClock(time ?? TimeProvider.System), new ListLogger<ErasureReplayer>(Log)),
        Finisher, NewRetentionSweep(time), Steps, new ListLogger<ErasureReplayService>(Log));

    private RetentionSweep NewRetentionSweep(TimeProvider? time) =>
        new(Expirer, Due(time ?? TimeProvider.System), Options.Create(new RetentionOptions()));

    private static RetentionDueDays Due(TimeProvider time) => new(Book(time), new ProgrammeClock(time));

    private static CurrentRuleBook Book(TimeProvider time)
    {
        var book = new CurrentRuleBook(Options.Create(new RuleBookOptions()), TimeProvider.System);
        var documents = Versions.Shipped with { Versions = Versions.Shipped.VersionsOf(Some.Programme) };
        book.Renew(documents.Compile(), documents.Publish(time.GetUtcNow()));
        return book;
    }

    /// <summary>The logged lines, each with its level first.</summary>
    public List<string> Log { get; } = [];

    /// <summary>A copy of the logged lines, while services that log are running.</summary>
    internal string[] Lines()
    {
        lock (Log) return [.. Log];
    }

    ILedger ILedgerStage.Ledger => PostgresLedger;

    ILedgerHeads ILedgerStage.Heads => Heads;

    IEnrolmentStore ILedgerStage.Enrolments => PostgresEnrolments;

    IContestStore ILedgerStage.Contests => Contests;

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
        var stage = new LedgerStage(await server.NewMigratedDatabase(), ledger, erasures);
        await stage.Migrate();
        return stage;
    }

    /// <summary>A stage on a database that is not migrated yet.</summary>
    public static LedgerStage On(string connectionString) => new(connectionString, null, "");

    /// <summary>Another writer on the same database.</summary>
    public LedgerStage AnotherWriter(LedgerOptions? ledger = null) => new(ConnectionString, ledger, ErasureFolder);

    /// <summary>A stage on another database, for example a restored copy.</summary>
    public LedgerStage OnDatabase(string connectionString) => new(connectionString, null, ErasureFolder);

    public async Task Migrate()
    {
        var options = Options.Create(_storage);
        await new Migrator(Database, options, TimeProvider.System, NullLogger<Migrator>.Instance).Migrate(CancellationToken.None);
        await new StartChecks(Database, Incarnation, options).Run(CancellationToken.None);
    }

    public async Task<int> Execute(string sql)
    {
        await using var connection = await Database.OpenOwn(CancellationToken.None);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// Returns when a connection of one pool waits for a lock, at most after 20 seconds. PostgreSQL does not signal this, so the method
    /// polls without a delay.
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

    Task ILedgerStage.Widen(ProgrammeId programme, int number, DateOnly firstDay) => Execute($"""
        INSERT INTO ledger.rule_set (programme, number, hash, first_day, document, terms, assessment)
        VALUES ('{programme}', {number}, encode(sha256(int4send({number})), 'hex'), '{firstDay:yyyy-MM-dd}', '', '', '');
        INSERT INTO ledger.widening (programme, number, first_day) VALUES ('{programme}', {number}, '{firstDay:yyyy-MM-dd}')
        """);

    public async ValueTask DisposeAsync()
    {
        await PostgresLedger.DisposeAsync();
        Heads.Dispose();
        Erasures.Dispose();
        await Database.DisposeAsync();
    }

    internal sealed class ListLogger<T>(List<string> lines) : ILogger<T>
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
