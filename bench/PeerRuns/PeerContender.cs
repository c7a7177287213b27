using System.Globalization;
using System.Net.Http.Json;
using System.Net.NetworkInformation;
using System.Security.Cryptography;
using Npgsql;
using Scoring.Bench.Loads;
using Scoring.Bench.Measuring;
using Scoring.Bench.Queries;
using Scoring.City;
using Scoring.City.People;
using Scoring.Cluster;
using Scoring.Postgres;

namespace Scoring.Bench.PeerRuns;

/// <summary>A peer: a process of bench/Peers with a database of its own on the PostgreSQL of the folder.</summary>
internal sealed class PeerContender(string name, string folder, PeersOptions options) : Contender(name)
{
    private EmbeddedPostgres? _postgres;
    private PlatformProcess? _process;
    private ProcessorTime? _time;
    private int _port;

    /// <inheritdoc/>
    public override Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}"));

    /// <summary>A peer checks no tokens.</summary>
    public override string SourceToken => "none";

    private string Database => Name.Replace('-', '_');

    /// <summary>Whether the peers are built.</summary>
    /// <exception cref="CityException">They are not.</exception>
    public static void RequireBuild()
    {
        if (!File.Exists(Path.Combine(PlatformProcess.Folder(PlatformProcess.OwnBuild, "Peers"), "Scoring.Peers.dll")))
            throw new CityException("The peers are not built. Run: dotnet build -c Release bench/Peers");
    }

    /// <inheritdoc/>
    public override async Task Start(CancellationToken cancellationToken)
    {
        _postgres = await PeerServer.Start(folder, cancellationToken);
        await using (var server = NpgsqlDataSource.Create(_postgres.AdminConnectionString))
        await using (var known = server.CreateCommand($"SELECT count(*) FROM pg_database WHERE datname = '{Database}'"))
            if (await known.ExecuteScalarAsync(cancellationToken) is 0L) await _postgres.CreateDatabase(Database);
        await Restart(cancellationToken);
        _time = new ProcessorTime(_postgres.DataFolder);
    }

    /// <inheritdoc/>
    public override async Task Restart(CancellationToken cancellationToken)
    {
        if (_process is not null) await _process.DisposeAsync();
        _port = FreePorts();
        var connection = new NpgsqlConnectionStringBuilder(_postgres!.ConnectionString) { Database = Database };
        _process = PlatformProcess.Start(
            "Peers",
            [
                ("Peer:Kind", PeerFacts.Peers[Name].Kind), ("Peer:ConnectionString", connection.ConnectionString),
                ("Peer:Programme", ProgrammeNames.SafeDriver), ("Peer:StoredKeysMax", Number(options.StoredKeys)),
                ("Peer:Port", Number(_port + 1)), ("ASPNETCORE_URLS", Address.ToString()),
            ]);
        await UntilReady(Address, () => _process.HasExited ? _process.Tail : null, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task Kill() => _process!.Kill();

    /// <inheritdoc/>
    public override async Task Stop(CancellationToken cancellationToken)
    {
        if (_process is not null)
        {
            await _process.Signal("TERM");
            await _process.WaitForExit(cancellationToken);
        }
        await DisposeAsync();
    }

    /// <inheritdoc/>
    public override async Task Activate(IReadOnlyList<Resident> people, CancellationToken cancellationToken)
    {
        await using var load = await LoadProcess.Start(
            await Queries(people, BenchClient.ParticipantsParallel, cancellationToken), cancellationToken);
        LoadAnswer.Require((await load.Run(cancellationToken)).Answers, 200, "A query");
    }

    /// <inheritdoc/>
    public override Task<LoadPlan> Queries(IReadOnlyList<Resident> people, int parallel, CancellationToken cancellationToken) =>
        Task.FromResult(QueryPlans.Of(Address, SourceToken, [.. people.Select(Handle)], parallel));

    /// <inheritdoc/>
    public override async Task<long[]> Counts(IReadOnlyList<Resident> people, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(5) };
        using var answer = await http.PostAsJsonAsync("/counts", people.Select(Handle), cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<long[]>(cancellationToken))!;
    }

    /// <inheritdoc/>
    public override ProcessorUse Read(double client) => new(client, ProcessorTime.Of(_process!.Id), _time!.Postgres());

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _process = null;
        if (_postgres is not null) await _postgres.DisposeAsync();
        _postgres = null;
    }

    private static string Handle(Resident person) => person.Handles[0].Token;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Returns the first of three free ports, for HTTP and for the peer's own cluster, below those that the system gives to outgoing
    /// connections.
    /// </summary>
    private static int FreePorts()
    {
        var used = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(12_000, 32_000);
            if (!used.Overlaps([port, port + 1, port + 2])) return port;
        }
    }
}
