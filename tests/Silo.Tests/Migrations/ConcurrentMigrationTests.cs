using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Scoring.Storage;

namespace Scoring.Migrations;

/// <summary>Migrates while others write, wait, hold locks or crash.</summary>
public sealed class ConcurrentMigrationTests(PostgresServer server) : IAsyncLifetime
{
    private const string LockOfMigrations = "SELECT pg_advisory_lock(96485863)";
    private const string LockOfEarlierBuilds = "SELECT pg_advisory_lock(96485862)";

    private static readonly Migration Table = new(
        1, "001-a.sql", "CREATE TABLE a AS SELECT n, gen_random_uuid() AS id FROM generate_series(1, 400000) n;");

    private static readonly Migration Indexed = new(
        2, "002-b.sql",
        "CREATE TABLE b (n integer);\n-- Step outside a transaction.\n-- Why it is needed.\nCREATE INDEX CONCURRENTLY a_id ON a (id);\n"
        + "-- Step in a transaction.\nINSERT INTO b VALUES (1);");

    private readonly StorageOptions _options = new();
    private LedgerDatabase _database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _options.ConnectionString = await server.NewDatabase();
        _database = new LedgerDatabase(Options.Create(_options), new IncarnationMonitor());
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task An_index_on_the_ledger_is_built_while_others_write()
    {
        _options.MigrationLockMilliseconds = 60_000; // it gives way to no one
        await NewMigrator().Migrate([.. Migration.Embedded.Take(8)], Cancel);
        await using var writer = await _database.OpenOwn(Cancel);
        await using var transaction = await writer.BeginTransactionAsync(Cancel);
        await Execute(writer, Insert(1));
        var migration = NewMigrator().Migrate(Cancel);
        await WaitsForLock();

        await Execute("SET lock_timeout = '5s'; " + Insert(2));

        await transaction.CommitAsync(Cancel);
        await migration;
        (await Scalar("SELECT count(*) FROM ledger.entry WHERE kind = 2 AND key IS NOT NULL")).ShouldBe(2);
        (await Scalar("SELECT count(*) FROM pg_index WHERE indexrelid = 'ledger.entry_reference'::regclass AND indisvalid")).ShouldBe(1);
    }

    [Fact]
    public async Task A_build_that_crashed_is_dropped_and_built_again_and_nothing_before_it_is_repeated()
    {
        await NewMigrator().Migrate([.. Migration.Embedded.Take(8)], Cancel);
        await using (var writer = await _database.OpenOwn(Cancel))
        await using (var transaction = await writer.BeginTransactionAsync(Cancel))
        {
            await Execute(writer, Insert(1));
            var migration = NewMigrator().Migrate(Cancel);
            await WaitsForLock();
            await Execute(writer, """
                SELECT pg_terminate_backend(pid, 20000) FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock'
                """);
            await Should.ThrowAsync<NpgsqlException>(migration);
            await transaction.CommitAsync(Cancel);
        }
        (await Scalar("SELECT count(*) FROM pg_index WHERE indexrelid = 'ledger.entry_reference'::regclass AND indisvalid"))
            .ShouldBe(0, "the crash leaves an invalid index");

        await NewMigrator().Migrate(Cancel);

        (await Scalar("SELECT count(*) FROM pg_index WHERE indexrelid = 'ledger.entry_reference'::regclass AND indisvalid")).ShouldBe(1);
        (await Scalar("SELECT count(*) FROM public.scoring_migration")).ShouldBe(Migration.Embedded.Count);
    }

    [Fact]
    public async Task An_index_that_a_crash_left_unrecorded_is_not_built_again()
    {
        await NewMigrator().Migrate([Table], Cancel);
        await Execute("CREATE INDEX a_id ON a (n)", TestSettings);
        await NewMigrator().Migrate([Table, Indexed], Cancel);
        (await Scalar("SELECT count(*) FROM pg_indexes WHERE indexname = 'a_id' AND indexdef LIKE '%(n)'")).ShouldBe(1);
        (await Scalar("SELECT count(*) FROM b")).ShouldBe(1);
    }

    [Fact]
    public async Task A_build_that_needs_more_memory_says_so_and_continues_with_more()
    {
        await NewMigrator().Migrate([Table], Cancel);
        _options.MigrationMemoryMiB = 16;
        var refused = await Should.ThrowAsync<MigrationException>(NewMigrator().Migrate([Table, Indexed], Cancel));
        refused.Message.ShouldContain("Storage:MigrationMemoryMiB");
        refused.Message.ShouldContain("002-b.sql");

        _options.MigrationMemoryMiB = 1024;
        await NewMigrator().Migrate([Table, Indexed], Cancel);
        (await Scalar("SELECT count(*) FROM pg_index WHERE indexrelid = 'a_id'::regclass AND indisvalid")).ShouldBe(1);
        (await Scalar("SELECT count(*) FROM b")).ShouldBe(1);
    }

    [Fact]
    public async Task A_silo_of_an_earlier_build_starts_while_an_index_is_built()
    {
        await NewMigrator().Migrate([Table], Cancel);
        await using var writer = await _database.OpenOwn(Cancel);
        await using var transaction = await writer.BeginTransactionAsync(Cancel);
        await Execute(writer, "INSERT INTO a VALUES (0, gen_random_uuid())");
        var migration = NewMigrator().Migrate([Table, Indexed], Cancel);
        await WaitsForLock();

        await Execute(LockOfEarlierBuilds, "SET lock_timeout = '5s'");

        await transaction.CommitAsync(Cancel);
        await migration;
        (await Scalar("SELECT count(*) FROM b")).ShouldBe(1);
    }

    [Fact]
    public async Task What_a_silo_of_an_earlier_build_migrates_meanwhile_is_not_repeated()
    {
        _options.MigrationLockMilliseconds = 10;
        var log = new AttemptLogger();
        Migration second = new(2, "002-b.sql", "CREATE TABLE b (n integer);");
        await NewMigrator().Migrate([Table], Cancel);
        Task migration;
        await using (var earlier = await _database.OpenOwn(Cancel))
        {
            await Execute(earlier, LockOfEarlierBuilds);
            migration = NewMigrator(log: log).Migrate([Table, second], Cancel);
            await log.Second.WaitAsync(Cancel);
            await Execute(earlier, $"""
                {second.Text} INSERT INTO public.scoring_migration (number, name, checksum)
                VALUES (2, '{second.Name}', '\x{Convert.ToHexString(second.Checksum)}')
                """);
        }
        await migration;
        await NewMigrator().Migrate([Table, second], Cancel);
    }

    [Fact]
    public async Task A_silo_waits_for_the_migrations_of_another_one_within_a_bound()
    {
        await using var other = await _database.OpenOwn(Cancel);
        await Execute(other, LockOfMigrations);
        var migrator = NewMigrator(new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromHours(2) });
        (await Should.ThrowAsync<MigrationException>(migrator.Migrate([Table], Cancel)))
            .Message.ShouldContain("Storage:MigrationWaitSecondsMax");
    }

    [Fact]
    public async Task A_step_that_gets_no_lock_lets_others_pass_and_is_tried_again()
    {
        await NewMigrator().Migrate([Table], Cancel);
        _options.MigrationLockMilliseconds = 10;
        var log = new AttemptLogger();
        Migration widened = new(2, "002-b.sql", "CREATE TABLE b (n integer);\nALTER TABLE a ADD COLUMN more integer;");
        Task migration;
        await using (var reader = await _database.OpenOwn(Cancel))
        await using (var transaction = await reader.BeginTransactionAsync(Cancel))
        {
            await Execute(reader, "SELECT FROM a LIMIT 1");
            migration = NewMigrator(log: log).Migrate([Table, widened], Cancel);
            await log.Second.WaitAsync(Cancel);
            await Execute("SET lock_timeout = '5s'; INSERT INTO a VALUES (0, NULL)");
            await transaction.CommitAsync(Cancel);
        }
        await migration;
        (await Scalar("SELECT count(*) FROM pg_attribute WHERE attrelid = 'a'::regclass AND attname = 'more'")).ShouldBe(1);

        _options.MigrationAttemptsMax = 2;
        await using var holder = await _database.OpenOwn(Cancel);
        await using var held = await holder.BeginTransactionAsync(Cancel);
        await Execute(holder, "SELECT FROM a LIMIT 1");
        (await Should.ThrowAsync<PostgresException>(NewMigrator().Migrate([Table, widened, new(3, "003-c.sql", "DROP TABLE a")], Cancel)))
            .SqlState.ShouldBe(PostgresErrorCodes.LockNotAvailable);
    }

    private const string TestSettings = "SET max_parallel_maintenance_workers = 0; SET maintenance_work_mem = '1GB'";

    private static string Insert(int position) =>
        $"INSERT INTO ledger.entry (partition, position, kind, leaf, key) VALUES (0, {position}, 2, '', gen_random_uuid())";

    private Migrator NewMigrator(TimeProvider? time = null, ILogger<Migrator>? log = null) =>
        new(_database, Options.Create(_options), time ?? TimeProvider.System, log ?? NullLogger<Migrator>.Instance);

    private async Task WaitsForLock(int connections = 1)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await Scalar("""
            SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
            """) < connections) limit.Token.ThrowIfCancellationRequested();
    }

    private async Task Execute(string sql, string settings = "SELECT")
    {
        await using var connection = await _database.OpenOwn(Cancel);
        await Execute(connection, settings);
        await Execute(connection, sql);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private async Task<long> Scalar(string sql)
    {
        await using var connection = await _database.OpenOwn(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    /// <summary>Completes <see cref="Second"/> when two attempts have ended without a lock.</summary>
    private sealed class AttemptLogger : ILogger<Migrator>
    {
        private readonly TaskCompletionSource _second = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _ended;

        public Task Second => _second.Task;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> text)
        {
            if (id.Id == 2112 && Interlocked.Increment(ref _ended) == 2) _second.TrySetResult();
        }
    }
}
