using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Scoring.Postgres;

/// <summary>Starts servers on one scratch folder and removes all of it after each test.</summary>
public abstract class ScratchServers : IAsyncDisposable
{
    private readonly List<EmbeddedPostgres> _started = [];

    private protected EmbeddedPostgresOptions Options { get; } = EmbeddedPostgresOptions.Scratch();

    public async ValueTask DisposeAsync()
    {
        foreach (var postgres in Enumerable.Reverse(_started))
        {
            await postgres.DisposeAsync();
        }

        if (Directory.Exists(Options.DataFolder))
        {
            await CleanUp();
        }
    }

    // A failed test may leave a running server without an owner: adopt it in order to stop it.
    private async Task CleanUp()
    {
        Options.DeleteOnStop = true;
        try
        {
            await (await EmbeddedPostgres.Start(Options, NullLogger.Instance, CancellationToken.None)).DisposeAsync();
        }
        catch (EmbeddedPostgresException)
        {
            Directory.Delete(Options.DataFolder, recursive: true);
        }
    }

    private protected static async Task Until(Func<bool> condition)
    {
        using var max = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await Task.Delay(20, max.Token);
        }
    }

    private protected static async Task<string> Query(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private protected async Task<EmbeddedPostgres> Start()
    {
        var postgres = await EmbeddedPostgres.Start(Options, NullLogger.Instance, CancellationToken.None);
        _started.Add(postgres);
        return postgres;
    }
}
