using System.Collections.Concurrent;
using System.Globalization;
using System.Net.NetworkInformation;
using Npgsql;
using Scoring.Cluster;
using Scoring.Histories;
using Scoring.Postgres;

namespace Scoring.Processes;

/// <summary>
/// Silos and gateways on one PostgreSQL that live through faults: a member that ends by itself is started again, as by a supervisor of
/// services.
/// </summary>
internal sealed class SupervisedCluster : IAsyncDisposable
{
    private const int EndingsMax = 10;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(1);

    private readonly PlatformCluster _platform = new();
    private readonly ConcurrentDictionary<string, int> _endings = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly Dictionary<string, DatabaseRelay[]> _relays = [];
    private readonly Dictionary<string, OwnClock> _clocks = [];
    private ClusterDatabase? _database;
    private ClusterFeatures _features;
    private Task _supervision = Task.CompletedTask;

    public IReadOnlyList<Member> Silos { get; private set; } = [];

    public IReadOnlyList<Member> Gateways { get; private set; } = [];

    public IReadOnlyList<Uri> Addresses { get; private set; } = [];

    /// <summary>The network between the silos; <see langword="null"/> when they share the machine's.</summary>
    public PeerNetwork? Network { get; private set; }

    /// <summary>The folder with the build that the cluster began with; <see langword="null"/> for the tests' own.</summary>
    public string? EarlierBuild { get; private set; }

    public IEnumerable<Member> Members => Silos.Concat(Gateways);

    /// <summary>The server that is written to.</summary>
    public EmbeddedPostgres Postgres => Database.Primary;

    /// <summary>PostgreSQL, with what faults need.</summary>
    public ClusterDatabase Database => _database ?? throw new InvalidOperationException("The cluster is not started.");

    /// <summary>How often each member ended by itself and was started again.</summary>
    public IReadOnlyDictionary<string, int> Endings => _endings;

    /// <summary>The last output of every process.</summary>
    public string Tails => string.Join("\n---\n", Members.Select(member => member.Tail));

    /// <summary>The relays between a silo and each server of PostgreSQL.</summary>
    public IReadOnlyList<DatabaseRelay> RelaysOf(Member silo) => _relays[silo.Name];

    /// <summary>The clock of a member.</summary>
    public OwnClock ClockOf(Member member) => _clocks[member.Name];

    /// <summary>The credentials of clients.</summary>
    public City.Platform.StandaloneFile Clients() => _platform.Clients(Addresses[0]);

    /// <summary>Starts PostgreSQL, the silos and the gateways, and waits until they are ready.</summary>
    public async Task Start(ClusterPlan plan, CancellationToken cancellationToken)
    {
        _features = plan.Features;
        EarlierBuild = plan.Build;
        _database = await ClusterDatabase.Start(_platform, plan, cancellationToken);
        if (Has(ClusterFeatures.PeerNetwork)) Network = await PeerNetwork.Create(plan.Silos);
        var programmes = SummingProgramme.Write(Path.Combine(_platform.Folder, "programmes"));
        Silos = [.. Enumerable.Range(1, plan.Silos).Select(number => Silo(number, programmes, plan.Build))];
        Addresses = [.. Enumerable.Range(0, plan.Gateways).Select(_ => new Uri("http://127.0.0.1:" + FreePort()))];
        Gateways = [.. Addresses.Select((address, i) => Gateway(i + 1, address, plan.Build))];
        _supervision = Supervise(_ended.Token);
        // The first silo migrates the database, which the others and the gateways need.
        await StartAndWait(Silos[0], cancellationToken);
        await Task.WhenAll(Members.Skip(1).Select(member => StartAndWait(member, cancellationToken)));
    }

    /// <summary>Whether the cluster has what some faults need.</summary>
    public bool Has(ClusterFeatures feature) => (_features & feature) == feature;

    /// <summary>Starts a member, and waits until it serves.</summary>
    public async Task StartAndWait(Member member, CancellationToken cancellationToken)
    {
        if (Gateways.Contains(member))
        {
            await member.Start();
            await UntilReady(member, cancellationToken);
            return;
        }
        var before = await Generations(member, cancellationToken);
        var endings = _endings.GetValueOrDefault(member.Name);
        await member.Start();
        await Until(
            async () =>
            {
                if (_endings.GetValueOrDefault(member.Name) - endings > EndingsMax) throw new InvalidOperationException(member.Tail);
                return (await Generations(member, cancellationToken)).Except(before).Any();
            },
            cancellationToken);
    }

    /// <summary>Waits until the membership table shows no start of a silo as active.</summary>
    public Task UntilDeclaredDead(Member silo, CancellationToken cancellationToken) =>
        Until(async () => (await Generations(silo, cancellationToken)).Count == 0, cancellationToken);

    /// <summary>Waits until a member has ended by itself this number of times.</summary>
    public Task UntilEnded(Member member, int endings, CancellationToken cancellationToken) =>
        Until(() => Task.FromResult(_endings.GetValueOrDefault(member.Name) >= endings), cancellationToken);

    /// <summary>Waits until the membership table shows a start of a silo as active that is not one of these.</summary>
    public Task UntilActive(Member silo, IReadOnlySet<int> before, CancellationToken cancellationToken) =>
        Until(async () => (await Generations(silo, cancellationToken)).Except(before).Any(), cancellationToken);

    /// <summary>Waits until every member serves.</summary>
    public async Task UntilReady(CancellationToken cancellationToken)
    {
        foreach (var gateway in Gateways) await UntilReady(gateway, cancellationToken);
    }

    /// <summary>Reads the whole ledger; the rows of a subject come together, in ascending turns.</summary>
    public IEnumerable<LedgerRow> Ledger()
    {
        // The platform's role may write no temporary files, and a sort of this size needs some.
        using var database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(Postgres.AdminConnectionString) { Database = "scoring" }.ConnectionString);
        using var connection = database.OpenConnection();
        using var command = new NpgsqlCommand(
            "SELECT partition, position, subject, turn, kind, key, day, body FROM ledger.entry ORDER BY subject, turn", connection);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            yield return new LedgerRow(
                row.GetInt16(0), row.GetInt64(1), Number(2), Number(3), row.GetInt16(4), row.IsDBNull(5) ? null : row.GetGuid(5),
                row.IsDBNull(6) ? null : row.GetFieldValue<DateOnly>(6), row.IsDBNull(7) ? default : row.GetFieldValue<byte[]>(7));
        }

        long? Number(int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _supervision;
        foreach (var member in Members) await member.DisposeAsync();
        foreach (var relay in _relays.Values.SelectMany(relays => relays)) await relay.DisposeAsync();
        if (Network is not null) await Network.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
        await _platform.DisposeAsync();
        if (_database?.Disk is { } disk) await disk.DisposeAsync();
        _client.Dispose();
        _ended.Dispose();
    }

    private Member Silo(int number, string programmes, string? build)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"silo {number}");
        List<(string Name, string Value)> settings =
        [
            ("Cluster:SiloPort", FreePort()), ("Cluster:GatewayPort", FreePort()), ("Programmes:Folder", programmes),
            ("Queries:ValiditySeconds", "1"), ("Storage:ConnectionString", Database.ConnectionString(SiloHosts(number, name))),
            .. Clock(name), .. _platform.Tls(),
        ];
        if (Network is not null) settings.Add(("Cluster:Address", Network.Address(number)));
        return new Member("Silo", name, _platform.SiloSettings([.. settings]), Network?.Prefix(number) ?? []) { Build = build };
    }

    private Member Gateway(int number, Uri address, string? build)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"gateway {number}");
        return new Member("Gateway", name, [.. GatewaySettings(address), .. Clock(name), .. _platform.Tls()]) { Build = build };
    }

    private (string Name, string Value)[] GatewaySettings(Uri address) =>
        [.. _platform.GatewaySettings(address), ("Cluster:ConnectionString", Database.ConnectionString(Database.Hosts))];

    /// <summary>The folders by which a silo reaches each server: those of its relays, when it has some.</summary>
    private IReadOnlyList<string> SiloHosts(int number, string name)
    {
        var servers = Database.Hosts;
        if (!Has(ClusterFeatures.DatabaseRelay)) return servers;
        string[] folders =
        [
            .. servers.Select((_, i) => Path.Combine(_platform.Folder, string.Create(CultureInfo.InvariantCulture, $"relay-{number}-{i}"))),
        ];
        _relays[name] = [.. folders.Zip(servers, (folder, server) => new DatabaseRelay(folder, server))];
        return folders;
    }

    private (string Name, string Value)[] Clock(string member)
    {
        if (!Has(ClusterFeatures.OwnClocks)) return [];
        return (_clocks[member] = new OwnClock(Path.Combine(_platform.Folder, "clock of " + member))).Settings;
    }

    private async Task Supervise(CancellationToken cancellationToken)
    {
        using var beat = new PeriodicTimer(PollInterval);
        var next = new Dictionary<string, long>();
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (var member in Members.Where(member => member.HasEndedByItself))
            {
                if (next.TryGetValue(member.Name, out var at) && TimeProvider.System.GetElapsedTime(at) < RestartPause) continue;
                _endings.AddOrUpdate(member.Name, 1, (_, count) => count + 1);
                await member.Start();
                next[member.Name] = TimeProvider.System.GetTimestamp();
            }
            try
            {
                await beat.WaitForNextTickAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private Task UntilReady(Member gateway, CancellationToken cancellationToken)
    {
        var endings = _endings.GetValueOrDefault(gateway.Name);
        return Until(
            () => _endings.GetValueOrDefault(gateway.Name) - endings <= EndingsMax
                ? IsReady(gateway, cancellationToken)
                : throw new InvalidOperationException(gateway.Tail),
            cancellationToken);
    }

    private async Task<bool> IsReady(Member gateway, CancellationToken cancellationToken)
    {
        try
        {
            var address = new Uri(gateway.Setting("ASPNETCORE_URLS"));
            using var answer = await _client.GetAsync(new Uri(address, "/health/ready"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Returns the starts of a silo that the membership table shows as active.</summary>
    public async Task<HashSet<int>> Generations(Member silo, CancellationToken cancellationToken)
    {
        var active = new HashSet<int>();
        try
        {
            await using var database = NpgsqlDataSource.Create(Postgres.ConnectionString);
            await using var command = database.CreateCommand(
                "SELECT generation FROM membership.silo WHERE status = 3 AND port = $1 AND address = $2"); // SiloStatus.Active
            command.Parameters.AddWithValue(int.Parse(silo.Setting("Cluster:SiloPort"), CultureInfo.InvariantCulture));
            command.Parameters.AddWithValue(silo.Setting("Cluster:Address"));
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            while (await row.ReadAsync(cancellationToken)) active.Add(row.GetInt32(0));
        }
        catch (NpgsqlException)
        {
            // The database is away, or has no tables yet. Then no start is known.
        }
        return active;
    }

    private static async Task Until(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        using var beat = new PeriodicTimer(PollInterval);
        while (!await condition()) await beat.WaitForNextTickAsync(cancellationToken);
    }

    /// <summary>
    /// Returns a free port below those that the system gives to outgoing connections, so that it is still free when a member comes back.
    /// </summary>
    private static string FreePort()
    {
        var used = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        while (true)
        {
            var port = System.Security.Cryptography.RandomNumberGenerator.GetInt32(12_000, 32_000);
            if (!used.Contains(port)) return port.ToString(CultureInfo.InvariantCulture);
        }
    }
}

/// <summary>What a cluster is made of.</summary>
/// <param name="Silos">How many silos.</param>
/// <param name="Gateways">How many gateways.</param>
/// <param name="Features">What it is set up with for faults.</param>
/// <param name="Build">The folder with the build that all start with; <see langword="null"/> for the tests' own.</param>
internal sealed record ClusterPlan(int Silos, int Gateways, ClusterFeatures Features, string? Build = null)
{
    /// <summary>The size of the file system of PostgreSQL, if it has one of its own, in MiB.</summary>
    public int DiskMiB { get; init; } = 1024;
}
