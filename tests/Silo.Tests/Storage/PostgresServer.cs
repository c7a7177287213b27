using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Scoring.Postgres;
using Scoring.Storage;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Scoring.Storage;

/// <summary>One scratch PostgreSQL for all tests of this project; each stage gets a database of its own.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
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
    public Task<string> NewDatabase() => Postgres.CreateDatabase($"t{Interlocked.Increment(ref databases)}");
}
