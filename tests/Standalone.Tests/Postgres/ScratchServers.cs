using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Scoring.Postgres;

/// <summary>Servers over one scratch folder, gone after each test, whatever it did.</summary>
public abstract class ScratchServers : IAsyncDisposable
{
    private protected readonly EmbeddedPostgresOptions options = EmbeddedPostgresOptions.Scratch();
    private readonly List<EmbeddedPostgres> started = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var postgres in Enumerable.Reverse(started))
        {
            await postgres.DisposeAsync();
        }

        if (Directory.Exists(options.DataFolder))
        {
            await CleanUp();
        }
    }

    // What a failed test leaves may include a server that nobody owns: adopt it in order to stop it.
    private async Task CleanUp()
    {
        options.DeleteOnStop = true;
        try
        {
            await (await EmbeddedPostgres.Start(options, NullLogger.Instance, CancellationToken.None)).DisposeAsync();
        }
        catch (EmbeddedPostgresException)
        {
            Directory.Delete(options.DataFolder, recursive: true);
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

    private protected static async Task<string> Ask(string connectionString, string question)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(question);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private protected async Task<EmbeddedPostgres> Start()
    {
        var postgres = await EmbeddedPostgres.Start(options, NullLogger.Instance, CancellationToken.None);
        started.Add(postgres);
        return postgres;
    }
}
