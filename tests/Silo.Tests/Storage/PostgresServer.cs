using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Migrations;
using Scoring.Postgres;
using Scoring.Storage;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Scoring.Storage;

/// <summary>Runs one scratch PostgreSQL for all tests of this project. Each stage gets a database of its own.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const int CopySecondsMax = 120;

    private static int _databases;
    private readonly Lazy<Task<string>> _migrated;
    private EmbeddedPostgres? _postgres;

    public PostgresServer() => _migrated = new Lazy<Task<string>>(Migrate);

    /// <summary>The server.</summary>
    public EmbeddedPostgres Postgres => _postgres ?? throw new InvalidOperationException("PostgreSQL is not running.");

    public async ValueTask InitializeAsync() =>
        _postgres = await EmbeddedPostgres.Start(ServerOptions(), NullLogger.Instance, CancellationToken.None);

    /// <summary>Tests that run at the same time have their own pools of connections, and some have several silos.</summary>
    private static EmbeddedPostgresOptions ServerOptions()
    {
        var options = EmbeddedPostgresOptions.Scratch();
        options.ConnectionsMax = 400;
        return options;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_postgres is not null) await _postgres.DisposeAsync();
    }

    /// <summary>Creates an empty database; returns its connection string.</summary>
    public Task<string> NewDatabase() => Postgres.CreateDatabase(NextName());

    /// <summary>
    /// Creates a database with the schema of this build and nothing else; returns its connection string. It is a copy of one that was
    /// migrated once, because to migrate takes longer.
    /// </summary>
    public async Task<string> NewMigratedDatabase() => await Copy(await _migrated.Value);

    /// <summary>
    /// Copies a database; returns the connection string of the copy. The statement has a time-out of its own, because it waits for a
    /// checkpoint of the whole server. No database is dropped first: a drop waits for a checkpoint too.
    /// </summary>
    public async Task<string> Copy(string original)
    {
        var copy = new NpgsqlConnectionStringBuilder(Postgres.ConnectionString) { Database = NextName() };
        await using var admin = NpgsqlDataSource.Create(Postgres.AdminConnectionString);
        foreach (var sql in new[]
        {
            // A template must have no connection, and closed ones may not have ended yet.
            $"SELECT pg_terminate_backend(pid, 20000) FROM pg_stat_activity WHERE datname = '{original}'",
            $"CREATE DATABASE {copy.Database} TEMPLATE {original} OWNER {copy.Username}",
        })
        {
            await using var command = admin.CreateCommand(sql);
            command.CommandTimeout = CopySecondsMax;
            await command.ExecuteNonQueryAsync();
        }
        return copy.ConnectionString;
    }

    private async Task<string> Migrate()
    {
        var options = Options.Create(new StorageOptions { ConnectionString = await NewDatabase() });
        await using (var database = new LedgerDatabase(options, new IncarnationMonitor()))
        {
            await new Migrator(database, options, TimeProvider.System, NullLogger<Migrator>.Instance).Migrate(CancellationToken.None);
        }
        return new NpgsqlConnectionStringBuilder(options.Value.ConnectionString).Database!;
    }

    private static string NextName() => $"t{Interlocked.Increment(ref _databases)}";
}
