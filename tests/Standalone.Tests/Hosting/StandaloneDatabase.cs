using Npgsql;
using Scoring.Postgres;

namespace Scoring.Hosting;

/// <summary>Connects to the database of a running standalone platform through the socket that its server names.</summary>
internal sealed class StandaloneDatabase(string folder) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _platform = Open(folder, "scoring", "scoring");
    private readonly NpgsqlDataSource _superuser = Open(folder, "postgres", "scoring");

    public async Task<T> Scalar<T>(string sql) => (await Rows<T>(sql)).Single();

    public async Task<IReadOnlyList<T>> Rows<T>(string sql)
    {
        var rows = new List<T>();
        await using var command = _platform.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) rows.Add(await reader.GetFieldValueAsync<T>(0));
        return rows;
    }

    public async Task Execute(string sql)
    {
        await using var command = _platform.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs a statement and keeps its transaction and locks until the result is disposed.</summary>
    public async Task<IAsyncDisposable> Hold(string sql)
    {
        var connection = await _platform.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("BEGIN; " + sql, connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Writes everything in the server's memory to files.</summary>
    public Task Checkpoint() => Administer("CHECKPOINT");

    /// <summary>Collects statistics, as the server also does in the background.</summary>
    public Task Analyze() => Administer("ANALYZE");

    /// <summary>Waits until the rows of every withdrawal are vacuumed.</summary>
    public async Task Swept()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await Scalar<long>("SELECT count(*) FROM ledger.erasure") > 0) await Task.Delay(20, timeout.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _platform.DisposeAsync();
        await _superuser.DisposeAsync();
    }

    /// <summary>Runs a statement as the superuser, from whom the platform cannot protect anything.</summary>
    public async Task Administer(string sql)
    {
        await using var command = _superuser.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlDataSource Open(string folder, string role, string database) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder
        {
            Host = PostmasterFile.Read(Path.Combine(folder, "postgres", "cluster", "postmaster.pid"))!.SocketFolder,
            Port = 5432,
            Username = role,
            Database = database,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        });
}
