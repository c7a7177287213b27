using Microsoft.Extensions.Hosting;
using Scoring.Hosting;
using Scoring.Keys;
using Scoring.Storage;

namespace Scoring.Administration;

/// <summary>Runs one silo for all tests of stored states.</summary>
public sealed class StoredStateSilo(PostgresServer server) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scoring-stored-").FullName;
    private IHost _silo = null!;

    /// <summary>The connection string of the silo's database.</summary>
    public string Database { get; private set; } = "";

    /// <summary>The services of the silo.</summary>
    public IServiceProvider Services => _silo.Services;

    public async ValueTask InitializeAsync()
    {
        Database = await server.NewDatabase();
        var keys = Path.Combine(_folder, "keys.json");
        PlatformKeyFile.Create(keys);
        _silo = SiloHostingTests.Silo(Database, keys);
        await _silo.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.StopAsync();
        _silo.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
