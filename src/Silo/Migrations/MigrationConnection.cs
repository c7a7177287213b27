using Npgsql;
using NpgsqlTypes;
using Scoring.Storage;

namespace Scoring.Migrations;

/// <summary>
/// A connection that holds the lock of migrations, with the statements that a migrator runs on it. The lock ends with the connection.
/// </summary>
internal sealed class MigrationConnection(NpgsqlConnection connection, StorageOptions options) : IAsyncDisposable
{
    /// <summary>The lock of migrations: any number that no other lock of this database has.</summary>
    private const long LockKey = 0x5C0_41E7;

    /// <summary>The lock that silos of earlier builds hold while they migrate.</summary>
    private const long EarlierKey = 0x5C0_41E6;

    /// <summary>
    /// Memory for index builds and sorts, in one process: a build with parallel workers always writes temporary files, and the platform's
    /// role may write none. No lock. $1 the memory with its unit.
    /// </summary>
    private const string UseMemory = """
        SELECT set_config('maintenance_work_mem', $1, false), set_config('work_mem', $1, false),
            set_config('max_parallel_maintenance_workers', '0', false), set_config('max_parallel_workers_per_gather', '0', false)
        """;

    /// <summary>
    /// Bounds the wait for each lock of a transaction, because statements of other connections queue behind a lock that waits. No lock. $1
    /// the time with its unit.
    /// </summary>
    private const string BoundLockWaits = "SELECT set_config('lock_timeout', $1, true)";

    /// <summary>
    /// Takes the lock of earlier builds until the transaction ends. It is not held while an index is built concurrently: a silo of an
    /// earlier build waits for it in a statement, the build waits for the snapshot of that statement, and that is a deadlock. $1 number.
    /// </summary>
    private const string LockEarlier = "SELECT pg_advisory_xact_lock($1)";

    /// <summary>Whether the ledger has partitions. No lock.</summary>
    private const string HasLedger = "SELECT to_regclass('ledger.head') IS NOT NULL";

    /// <summary>
    /// Locks all partitions, ascending, as every writer of entries locks its own before it touches another table. Without it an append
    /// waits for a table that the migration has changed, and the migration for one that the append has read, at every attempt.
    /// </summary>
    private const string LockPartitions = "SELECT FROM ledger.head ORDER BY partition FOR UPDATE";

    /// <summary>Creates the tables of applied migrations and steps. Runs under the lock of migrations.</summary>
    private const string CreateTables = """
        CREATE TABLE IF NOT EXISTS public.scoring_migration (
            number integer PRIMARY KEY, name text NOT NULL, checksum bytea NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());
        CREATE TABLE IF NOT EXISTS public.scoring_migration_step (
            number integer NOT NULL, step integer NOT NULL, checksum bytea NOT NULL, applied_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (number, step))
        """;

    /// <summary>Whether a migration is applied. Runs under the lock of earlier builds. $1 number.</summary>
    private const string IsApplied = "SELECT EXISTS (SELECT FROM public.scoring_migration WHERE number = $1)";

    /// <summary>The applied migrations. It takes no lock: a migrator holds that of migrations, and others only look.</summary>
    private const string ReadApplied = "SELECT number, checksum FROM public.scoring_migration";

    /// <summary>
    /// The applied steps of a migration. It takes no lock: the caller holds that of migrations. $1 number, $2 checksum of the whole text.
    /// </summary>
    private const string ReadSteps = "SELECT step FROM public.scoring_migration_step WHERE number = $1 AND checksum = $2";

    /// <summary>Stores an applied migration. Runs under the lock of migrations. $1 number, $2 name, $3 checksum.</summary>
    private const string InsertApplied = "INSERT INTO public.scoring_migration (number, name, checksum) VALUES ($1, $2, $3)";

    /// <summary>Stores an applied step. Runs under the lock of migrations. $1 number, $2 step, $3 checksum of the whole text.</summary>
    private const string InsertStep = "INSERT INTO public.scoring_migration_step (number, step, checksum) VALUES ($1, $2, $3)";

    /// <summary>Whether an index is complete; no row when there is none. No lock. $1 schema, $2 name.</summary>
    private const string IsIndexComplete = """
        SELECT i.indisvalid AND i.indisready FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2
        """;

    private AdvisoryLock? _lock;

    /// <summary>
    /// Takes the lock of migrations if it is free, without waiting. A statement that waits for it would hold a snapshot, and an index that
    /// is built concurrently waits for all older snapshots: a deadlock.
    /// </summary>
    public async Task<bool> TryLock(CancellationToken cancellationToken) =>
        (_lock = await AdvisoryLock.TryTake(connection, LockKey, cancellationToken)) is not null;

    /// <summary>Sets the memory of this connection, and creates the tables of the migrator.</summary>
    public async Task Prepare(CancellationToken cancellationToken)
    {
        await Execute(UseMemory, cancellationToken, ($"{options.MigrationMemoryMiB}MB", NpgsqlDbType.Text));
        await using var transaction = await BeginAlone(cancellationToken);
        await Execute(CreateTables, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Reads the checksums of the applied migrations by number.</summary>
    public Task<Dictionary<int, byte[]>> Applied(CancellationToken cancellationToken) => ReadAll(connection, cancellationToken);

    /// <summary>Reads the same on any connection, without the lock of migrations.</summary>
    public static async Task<Dictionary<int, byte[]>> ReadAll(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = new Dictionary<int, byte[]>();
        await using var command = new NpgsqlCommand(ReadApplied, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) applied.Add(reader.GetInt32(0), reader.GetFieldValue<byte[]>(1));
        return applied;
    }

    /// <summary>Reads the numbers of the applied steps of a migration.</summary>
    public async Task<HashSet<int>> AppliedSteps(Migration migration, CancellationToken cancellationToken)
    {
        var applied = new HashSet<int>();
        await using var command = Sql.Command(
            connection, ReadSteps, (migration.Number, NpgsqlDbType.Integer), (migration.Checksum, NpgsqlDbType.Bytea));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) applied.Add(reader.GetInt32(0));
        return applied;
    }

    /// <summary>
    /// Runs a step and records it; the record of the last step is that of the migration. Returns <see langword="false"/> when a silo of an
    /// earlier build has applied the migration meanwhile.
    /// </summary>
    public async Task<bool> Run(Migration migration, MigrationStep step, bool isLast, CancellationToken cancellationToken)
    {
        if (!step.IsInTransaction)
        {
            await BuildOutside(step, cancellationToken);
            await Record(migration, step, isLast, cancellationToken);
            return true;
        }
        await using var transaction = await BeginAlone(cancellationToken);
        await using (var applied = Sql.Command(connection, IsApplied, (migration.Number, NpgsqlDbType.Integer)))
            if (await applied.ExecuteScalarAsync(cancellationToken) is true) return false;
        await using (var ledger = Sql.Command(connection, HasLedger))
            if (await ledger.ExecuteScalarAsync(cancellationToken) is true) await Execute(LockPartitions, cancellationToken);
        await Execute(step.Text, cancellationToken);
        await Record(migration, step, isLast, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_lock is not null) await _lock.DisposeAsync();
        await connection.DisposeAsync();
    }

    /// <summary>Begins a transaction with bounded waits for locks, in which no silo of an earlier build migrates.</summary>
    private async Task<NpgsqlTransaction> BeginAlone(CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await Execute(BoundLockWaits, cancellationToken, ($"{options.MigrationLockMilliseconds}ms", NpgsqlDbType.Text));
            await Execute(LockEarlier, cancellationToken, (EarlierKey, NpgsqlDbType.Bigint));
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    private async Task BuildOutside(MigrationStep step, CancellationToken cancellationToken)
    {
        if (step.Index is { } index)
        {
            await using var command = Sql.Command(
                connection, IsIndexComplete, (index.Schema, NpgsqlDbType.Text), (index.Name, NpgsqlDbType.Text));
            switch (await command.ExecuteScalarAsync(cancellationToken))
            {
                case true: return; // built before a crash that prevented its record
                case false:
                    await Execute($"DROP INDEX CONCURRENTLY {index.Schema}.{index.Name}", cancellationToken);
                    break;
            }
        }
        await Execute(step.Text, cancellationToken);
    }

    private Task Record(Migration migration, MigrationStep step, bool isLast, CancellationToken cancellationToken) => isLast
        ? Execute(
            InsertApplied, cancellationToken, (migration.Number, NpgsqlDbType.Integer), (migration.Name, NpgsqlDbType.Text),
            (migration.Checksum, NpgsqlDbType.Bytea))
        : Execute(
            InsertStep, cancellationToken, (migration.Number, NpgsqlDbType.Integer), (step.Number, NpgsqlDbType.Integer),
            (migration.Checksum, NpgsqlDbType.Bytea));

    private async Task Execute(
        string sql, CancellationToken cancellationToken, params (object Value, NpgsqlDbType Type)[] parameters)
    {
        await using var command = Sql.Command(connection, sql, parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
