using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Scoring.Development;
using Scoring.Keys;
using Scoring.Postgres;
using Scoring.Testing;
using Scoring.Tokens;

namespace Scoring.Cluster;

/// <summary>
/// Runs silos and gateways as processes on one PostgreSQL, with keys, registrations and mutual TLS. Disposal ends every process and deletes
/// all files.
/// </summary>
internal sealed class PlatformCluster : IAsyncDisposable
{
    /// <summary>The name in the tokens of the test. No process answers there: the gateways know the key.</summary>
    private const string Issuer = "https://issuer.city.example";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly List<PlatformProcess> _processes = [];
    private EmbeddedPostgres? _postgres;
    private DevelopmentCity? _city;
    private TestAuthority? _authority;

    /// <summary>Settings that every process gets in addition to its own.</summary>
    public List<(string Name, string Value)> Common { get; } = [];

    /// <summary>Whether the whole output of each process is kept.</summary>
    public bool KeepsAll { get; init; }

    /// <summary>Every process that was started, in order.</summary>
    public IReadOnlyList<PlatformProcess> Processes => _processes;

    /// <summary>The platform's keys, to compute what it stores about a person.</summary>
    public PlatformKeys Keys => PlatformKeyFile.Read(KeyFile).Keys;

    /// <summary>The folder of all files, which is deleted at the end.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("scoring-cluster-").FullName;

    /// <summary>The server, once it is prepared.</summary>
    public EmbeddedPostgres Postgres => _postgres ?? throw new InvalidOperationException("PostgreSQL is not prepared yet.");

    /// <summary>Returns the options of a PostgreSQL for a cluster.</summary>
    public static EmbeddedPostgresOptions Server()
    {
        var options = EmbeddedPostgresOptions.Scratch();
        options.ConnectionsMax = 200;
        return options;
    }

    /// <summary>Starts PostgreSQL and writes the keys and registrations that silos need.</summary>
    public Task Prepare(CancellationToken cancellationToken) => Prepare(Server(), cancellationToken);

    /// <summary>Does the same with a server of these options.</summary>
    public async Task Prepare(EmbeddedPostgresOptions server, CancellationToken cancellationToken)
    {
        _postgres = await EmbeddedPostgres.Start(server, NullLogger.Instance, cancellationToken);
        PlatformKeyFile.Create(KeyFile);
        _city = DevelopmentCity.Open(Path.Combine(Folder, "city.json"));
        var lastDay = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddYears(1);
        await File.WriteAllTextAsync(Registrations, _city.Registrations(lastDay), cancellationToken);
        _authority = new TestAuthority(Folder);
    }

    /// <summary>Starts a silo; programmes use the clock file as soon as it exists.</summary>
    public PlatformProcess StartSilo(params (string Name, string Value)[] more) =>
        Start("Silo", SiloSettings([.. Tls(), .. more]));

    /// <summary>The settings of a silo, with free ports and without <c>Cluster:Tls</c>.</summary>
    /// <param name="more">Further settings, which replace those of the same name.</param>
    public (string Name, string Value)[] SiloSettings(params (string Name, string Value)[] more) =>
    [
        ("Storage:ConnectionString", Postgres.ConnectionString), ("Keys:File", KeyFile), ("Programmes:Registrations", Registrations),
        ("Erasures:Folder", Directory.CreateDirectory(Path.Combine(Folder, "erasures")).FullName),
        ("Cluster:Clustering", nameof(SiloClustering.Postgres)), ("Cluster:Address", "127.0.0.1"), ("Cluster:ProbeSeconds", "1"),
        ("Cluster:SiloPort", FreePort()), ("Cluster:GatewayPort", FreePort()),
        ("Participants:Installation", DevelopmentCity.Installation), ("DOTNET_ENVIRONMENT", "Development"),
        ("Scoring:Clock:File", ClockFile), .. more,
    ];

    /// <summary>The settings of a gateway that listens at an address, without those of <c>Cluster:Tls</c>.</summary>
    public (string Name, string Value)[] GatewaySettings(Uri address) =>
    [
        ("Cluster:ConnectionString", Postgres.ConnectionString), ("Gateway:Tokens:Issuer", Issuer),
        ("Gateway:Tokens:Jwks", _city!.KeySet), ("ASPNETCORE_URLS", address.ToString()),
    ];

    /// <summary>Starts a gateway and waits until it is ready; returns its address.</summary>
    public async Task<Uri> StartGateway(CancellationToken cancellationToken)
    {
        var (gateway, address) = LaunchGateway(Tls());
        await Until(
            async () => await UntilAnswered(gateway, new Uri(address, "/health/ready"), cancellationToken) == HttpStatusCode.OK,
            cancellationToken);
        return address;
    }

    /// <summary>Starts a gateway with these settings of <c>Cluster:Tls</c> and does not wait.</summary>
    public (PlatformProcess Gateway, Uri Address) LaunchGateway(params (string Name, string Value)[] tls)
    {
        var address = new Uri("http://127.0.0.1:" + FreePort());
        return (Start("Gateway", [.. GatewaySettings(address), .. tls]), address);
    }

    /// <summary>Returns settings of TLS with a new certificate of the cluster's authority, or of another one.</summary>
    public (string Name, string Value)[] Tls(string? file = null, TestAuthority? authority = null) =>
    [
        ("Cluster:Tls:Certificate", (authority ?? _authority!).Issue(file ?? $"{Guid.NewGuid():N}.pem")),
        ("Cluster:Tls:Authority", (authority ?? _authority!).File),
    ];

    /// <summary>Makes another authority, which the cluster does not know.</summary>
    public TestAuthority OtherAuthority() => new(Folder, "other");

    /// <summary>Waits until a process answers a request, whatever the answer; returns its status.</summary>
    public async Task<HttpStatusCode> UntilAnswered(PlatformProcess process, Uri address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        HttpStatusCode? status = null;
        await Until(
            async () =>
            {
                process.HasExited.ShouldBeFalse(process.Tail);
                try
                {
                    using var answer = await client.GetAsync(address, cancellationToken);
                    status = answer.StatusCode;
                }
                catch (HttpRequestException)
                {
                    return false; // it does not listen yet
                }
                return true;
            },
            cancellationToken);
        return status!.Value;
    }

    /// <summary>Waits until a process has written a text. Its lines are kept.</summary>
    public Task UntilWritten(PlatformProcess process, string text, CancellationToken cancellationToken) =>
        Until(() => Task.FromResult(process.Lines.Any(line => line.Contains(text, StringComparison.Ordinal))), cancellationToken);

    /// <summary>Writes the file that clients of the gateways need, as the standalone platform does; returns its content.</summary>
    public City.Platform.StandaloneFile Clients(Uri address)
    {
        var file = new StandaloneFileWriter(Folder, _city!, new ReadyTokens(Issuer, _city!.Issuer, TimeProvider.System));
        file.Write(new StandaloneAddresses(address.ToString(), null, null), ClockFile, service => "not-a-grant-of-" + service);
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

    /// <summary>Runs a query; returns the first column of its rows.</summary>
    public async Task<List<T>> Rows<T>(string sql, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(_postgres!.ConnectionString);
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken)) rows.Add(reader.GetFieldValue<T>(0));
        return rows;
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
        _authority?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private string KeyFile => Path.Combine(Folder, "keys.json");

    private string ClockFile => Path.Combine(Folder, "clock");

    private string Registrations => Path.Combine(Folder, "registrations.json");

    private PlatformProcess Start(string project, params (string Name, string Value)[] settings)
    {
        var process = PlatformProcess.Start(project, [.. settings, .. Common], keepsAll: KeepsAll);
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
