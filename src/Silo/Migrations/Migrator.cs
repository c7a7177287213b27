using Npgsql;
using NpgsqlTypes;
using Scoring.Storage;

namespace Scoring.Migrations;

/// <summary>
/// Migrates the schema to this build. Each migration runs once, in its own transaction, under one advisory lock for the database, so that
/// silos that start together wait for each other. A newer schema stays as it is: migrations expand before they contract, so an older silo
/// runs on it during a rolling upgrade.
/// </summary>
public sealed class Migrator(LedgerDatabase database, ILogger<Migrator> log)
{
    private const long LockKey = 0x5C0_41E6; // any number that no other lock of this database has

    /// <summary>Creates the table of applied migrations. Runs under the advisory lock of migrations.</summary>
    private const string CreateTable = """
        CREATE TABLE IF NOT EXISTS public.scoring_migration (
            number integer PRIMARY KEY, name text NOT NULL, checksum bytea NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())
        """;

    /// <summary>The applied migrations. It takes no lock: the caller holds that of migrations.</summary>
    private const string ReadApplied = "SELECT number, checksum FROM public.scoring_migration";

    /// <summary>
    /// Stores an applied migration, in its transaction and under the lock of migrations. $1 number, $2 name, $3 checksum.
    /// </summary>
    private const string InsertApplied = "INSERT INTO public.scoring_migration (number, name, checksum) VALUES ($1, $2, $3)";

    /// <summary>Applies the missing migrations.</summary>
    /// <exception cref="MigrationException">An applied migration has another text in this build.</exception>
    public Task Migrate(CancellationToken cancellationToken) => Migrate(Migration.Embedded, cancellationToken);

    internal async Task Migrate(IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenOwn(cancellationToken);
        await using var exclusive = await AdvisoryLock.Take(connection, LockKey, cancellationToken);
        await Execute(connection, CreateTable, cancellationToken);
        var applied = await Applied(connection, cancellationToken);
        foreach (var migration in migrations)
        {
            if (!applied.TryGetValue(migration.Number, out var checksum)) await Apply(connection, migration, cancellationToken);
            else if (!checksum.AsSpan().SequenceEqual(migration.Checksum))
                throw new MigrationException(
                    $"Migration {migration.Name} was changed after it was applied. Restore its text and add a new migration instead.");
        }
    }

    private async Task Apply(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Execute(connection, migration.Text, cancellationToken);
        await Execute(
            connection, InsertApplied, cancellationToken, (migration.Number, NpgsqlDbType.Integer), (migration.Name, NpgsqlDbType.Text),
            (migration.Checksum, NpgsqlDbType.Bytea));
        await transaction.CommitAsync(cancellationToken);
        log.Applied(migration.Name);
    }

    private static async Task<Dictionary<int, byte[]>> Applied(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = new Dictionary<int, byte[]>();
        await using var command = new NpgsqlCommand(ReadApplied, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) applied.Add(reader.GetInt32(0), reader.GetFieldValue<byte[]>(1));
        return applied;
    }

    private static async Task Execute(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params (object Value, NpgsqlDbType Type)[] parameters)
    {
        await using var command = Sql.Command(connection, sql, parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
