using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Scoring.Postgres;
using Scoring.Storage;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Scoring.Storage;

/// <summary>One scratch PostgreSQL for all tests of this project; each stage gets a database of its own.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const int CopySecondsMax = 120;

    private static int databases;
    private EmbeddedPostgres? postgres;

    /// <summary>The server.</summary>
    public EmbeddedPostgres Postgres => postgres ?? throw new InvalidOperationException("PostgreSQL is not running.");

    public async ValueTask InitializeAsync() =>
        postgres = await EmbeddedPostgres.Start(EmbeddedPostgresOptions.Scratch(), NullLogger.Instance, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (postgres is not null) await postgres.DisposeAsync();
    }

    /// <summary>An empty database; its connection string.</summary>
    public Task<string> NewDatabase() => Postgres.CreateDatabase(NextName());

    /// <summary>
    /// A copy of a database; its connection string. Nothing is dropped for it: a drop waits for a checkpoint of the whole server, on a
    /// busy machine for longer than a command may take.
    /// </summary>
    public async Task<string> Copy(string original)
    {
        var copy = new NpgsqlConnectionStringBuilder(Postgres.ConnectionString) { Database = NextName() };
        await using var admin = NpgsqlDataSource.Create(Postgres.AdminConnectionString);
        foreach (var sql in new[]
        {
            // Closed connections may still be on their way out, and a template must have none.
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

    private static string NextName() => $"t{Interlocked.Increment(ref databases)}";
}
