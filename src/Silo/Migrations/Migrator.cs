using Npgsql;
using NpgsqlTypes;
using Scoring.Storage;

namespace Scoring.Migrations;

/// <summary>
/// Brings the schema up to this build: each migration once, in its own transaction, under one advisory lock for the whole database, so
/// that silos that start together wait for each other. A newer database than this build is left alone: migrations expand before they
/// contract, so an older silo runs on during a rolling upgrade.
/// </summary>
public sealed class Migrator(LedgerDatabase database, ILogger<Migrator> log)
{
    private const long LockKey = 0x5C0_41E6; // any number that no one else uses in this database

    private const string Prepare = """
        CREATE TABLE IF NOT EXISTS public.scoring_migration (
            number integer PRIMARY KEY, name text NOT NULL, checksum bytea NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())
        """;

    /// <summary>Applies what is missing.</summary>
    /// <exception cref="MigrationException">A migration that was applied has another text here.</exception>
    public Task Migrate(CancellationToken cancellationToken) => Migrate(Migration.Embedded, cancellationToken);

    internal async Task Migrate(IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenOwn(cancellationToken);
        await Execute(connection, "SELECT pg_advisory_lock($1)", cancellationToken, (LockKey, NpgsqlDbType.Bigint));
        await Execute(connection, Prepare, cancellationToken);
        var applied = await Applied(connection, cancellationToken);
        foreach (var migration in migrations)
        {
            if (!applied.TryGetValue(migration.Number, out var checksum)) await Apply(connection, migration, cancellationToken);
            else if (!checksum.AsSpan().SequenceEqual(migration.Checksum))
                throw new MigrationException(
                    $"Migration {migration.Name} was changed after it was applied. Restore it and add a new one instead.");
        }
    }

    private async Task Apply(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Execute(connection, migration.Text, cancellationToken);
        await Execute(
            connection, "INSERT INTO public.scoring_migration (number, name, checksum) VALUES ($1, $2, $3)", cancellationToken,
            (migration.Number, NpgsqlDbType.Integer), (migration.Name, NpgsqlDbType.Text), (migration.Checksum, NpgsqlDbType.Bytea));
        await transaction.CommitAsync(cancellationToken);
        log.Applied(migration.Name);
    }

    private static async Task<Dictionary<int, byte[]>> Applied(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = new Dictionary<int, byte[]>();
        await using var command = new NpgsqlCommand("SELECT number, checksum FROM public.scoring_migration", connection);
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
