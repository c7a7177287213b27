using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Scoring.Development;
using Scoring.Keys;
using Scoring.Postgres;

namespace Scoring.Cluster;

/// <summary>
/// Runs silos and gateways as processes on one PostgreSQL, with keys and registrations. Disposal ends every process and deletes all files.
/// </summary>
internal sealed class PlatformCluster : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly List<PlatformProcess> _processes = [];
    private EmbeddedPostgres? _postgres;
    private DevelopmentCity? _city;

    /// <summary>The folder of all files, which is deleted at the end.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("scoring-cluster-").FullName;

    /// <summary>The server, once it is prepared.</summary>
    public EmbeddedPostgres Postgres => _postgres ?? throw new InvalidOperationException("PostgreSQL is not prepared yet.");

    /// <summary>Starts PostgreSQL and writes the keys and registrations that silos need.</summary>
    public async Task Prepare(CancellationToken cancellationToken)
    {
        var options = EmbeddedPostgresOptions.Scratch();
        options.ConnectionsMax = 200;
        _postgres = await EmbeddedPostgres.Start(options, NullLogger.Instance, cancellationToken);
        PlatformKeyFile.Create(KeyFile);
        _city = DevelopmentCity.Open(Path.Combine(Folder, "city.json"));
        var lastDay = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddYears(1);
        await File.WriteAllTextAsync(Registrations, _city.Registrations(lastDay), cancellationToken);
    }

    /// <summary>Starts a silo; programmes use the clock file as soon as it exists.</summary>
    public PlatformProcess StartSilo(params (string Name, string Value)[] more) => Start("Silo", SiloSettings(more));

    /// <summary>The settings of a silo, with free ports.</summary>
    /// <param name="more">Further settings, which replace those of the same name.</param>
    public (string Name, string Value)[] SiloSettings(params (string Name, string Value)[] more) =>
    [
        ("Storage:ConnectionString", Postgres.ConnectionString), ("Keys:File", KeyFile), ("Programmes:Registrations", Registrations),
        ("Erasures:Folder", Directory.CreateDirectory(Path.Combine(Folder, "erasures")).FullName),
        ("Cluster:Clustering", nameof(SiloClustering.Postgres)), ("Cluster:Address", "127.0.0.1"), ("Cluster:ProbeSeconds", "1"),
        ("Cluster:SiloPort", FreePort()), ("Cluster:GatewayPort", FreePort()),
        ("DOTNET_ENVIRONMENT", "Development"), ("Scoring:Clock:File", ClockFile), .. more,
    ];

    /// <summary>Starts a gateway and waits until it is ready; returns its address.</summary>
    public async Task<Uri> StartGateway(CancellationToken cancellationToken)
    {
        var address = new Uri("http://127.0.0.1:" + FreePort());
        var gateway = Start("Gateway", GatewaySettings(address));
        using var client = new HttpClient { BaseAddress = address };
        await Until(
            async () =>
            {
                gateway.HasExited.ShouldBeFalse(gateway.Tail);
                try
                {
                    using var answer = await client.GetAsync("/health/ready", cancellationToken);
                    return answer.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            cancellationToken);
        return address;
    }

    /// <summary>The settings of a gateway that listens at an address.</summary>
    public (string Name, string Value)[] GatewaySettings(Uri address) =>
    [
        ("Cluster:ConnectionString", Postgres.ConnectionString), ("Gateway:Tokens:Issuer", DevelopmentCity.Issuer),
        ("Gateway:Tokens:Jwks", _city!.KeySet), ("ASPNETCORE_URLS", address.ToString()),
    ];

    /// <summary>Writes the file that clients of the gateways need, as the standalone platform does; returns its content.</summary>
    public City.Platform.StandaloneFile Clients(Uri address)
    {
        var file = new StandaloneFileWriter(Folder, _city!, new DevelopmentTokenIssuer(_city!, TimeProvider.System));
        file.Write(address.ToString(), ClockFile, service => "not-a-grant-of-" + service);
        return City.Platform.StandaloneFile.Read(file.Path);
    }

    /// <summary>Waits until the membership table has this number of active silos.</summary>
    public async Task UntilActive(int silos, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(Postgres.ConnectionString);
        await Until(
            async () =>
            {
                foreach (var process in _processes.Take(silos)) process.HasExited.ShouldBeFalse(process.Tail);
                await using var active = database.CreateCommand(
                    "SELECT count(*) FROM membership.silo WHERE status = 3"); // SiloStatus.Active
                try
                {
                    return await active.ExecuteScalarAsync(cancellationToken) is long count && count == silos;
                }
                catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UndefinedTable)
                {
                    return false;
                }
            },
            cancellationToken);
    }

    /// <summary>Runs a statement; returns its single number.</summary>
    public async Task<long> Scalar(string sql, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(Postgres.ConnectionString);
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The last output of every process.</summary>
    public string Tails => string.Join("\n---\n", _processes.Select(process => process.Tail));

    /// <summary>Ends every process and deletes all files, also after a failed start.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes) await process.DisposeAsync();
        if (_postgres is not null) await _postgres.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private string KeyFile => Path.Combine(Folder, "keys.json");

    private string ClockFile => Path.Combine(Folder, "clock");

    private string Registrations => Path.Combine(Folder, "registrations.json");

    private PlatformProcess Start(string project, params (string Name, string Value)[] settings)
    {
        var process = PlatformProcess.Start(project, settings);
        _processes.Add(process);
        return process;
    }

    private static async Task Until(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        using var beat = new PeriodicTimer(PollInterval);
        while (!await condition()) await beat.WaitForNextTickAsync(cancellationToken);
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
