using System.Collections.Concurrent;
using System.Globalization;
using System.Net.NetworkInformation;
using Npgsql;
using Scoring.Histories;
using Scoring.Postgres;

namespace Scoring.Cluster;

/// <summary>
/// Silos and gateways on one PostgreSQL that live through faults: a member that ends by itself is started again, as by a supervisor of
/// services.
/// </summary>
internal sealed class SupervisedCluster : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(1);

    private readonly PlatformCluster _platform = new();
    private readonly ConcurrentDictionary<string, int> _endings = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(2) };
    private Task _supervision = Task.CompletedTask;

    public IReadOnlyList<Member> Silos { get; private set; } = [];

    public IReadOnlyList<Member> Gateways { get; private set; } = [];

    public IReadOnlyList<Uri> Addresses { get; private set; } = [];

    public IEnumerable<Member> Members => Silos.Concat(Gateways);

    public EmbeddedPostgres Postgres => _platform.Postgres;

    /// <summary>How often each member ended by itself and was started again.</summary>
    public IReadOnlyDictionary<string, int> Endings => _endings;

    /// <summary>The last output of every process.</summary>
    public string Tails => string.Join("\n---\n", Members.Select(member => member.Tail));

    /// <summary>The credentials of clients.</summary>
    public City.Platform.StandaloneFile Clients() => _platform.Clients(Addresses[0]);

    /// <summary>Starts PostgreSQL, the silos and the gateways, and waits until they are ready.</summary>
    public async Task Start(ClusterPlan plan, CancellationToken cancellationToken)
    {
        await _platform.Prepare(cancellationToken);
        var programmes = SummingProgramme.Write(Path.Combine(_platform.Folder, "programmes"));
        Silos = [.. Enumerable.Range(1, plan.Silos).Select(i => new Member(
            "Silo", $"silo {i}",
            _platform.SiloSettings(
                ("Cluster:SiloPort", FreePort()), ("Cluster:GatewayPort", FreePort()), ("Programmes:Folder", programmes),
                ("Queries:ValiditySeconds", "1")))
            {
                Build = plan.Build,
            })];
        Addresses = [.. Enumerable.Range(0, plan.Gateways).Select(_ => new Uri("http://127.0.0.1:" + FreePort()))];
        Gateways = [.. Addresses.Select((address, i) =>
            new Member("Gateway", $"gateway {i + 1}", _platform.GatewaySettings(address)) { Build = plan.Build })];
        foreach (var silo in Silos) await StartAndWait(silo, cancellationToken);
        foreach (var gateway in Gateways) await gateway.Start();
        foreach (var gateway in Gateways) await UntilReady(gateway, cancellationToken);
        _supervision = Supervise(_ended.Token);
    }

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
        await member.Start();
        await Until(
            async () =>
            {
                if (_supervision == Task.CompletedTask && member.HasEndedByItself) throw new InvalidOperationException(member.Tail);
                return (await Generations(member, cancellationToken)).Except(before).Any();
            },
            cancellationToken);
    }

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
        await _platform.DisposeAsync();
        _client.Dispose();
        _ended.Dispose();
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

    private Task UntilReady(Member gateway, CancellationToken cancellationToken) => Until(
        async () =>
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
        },
        cancellationToken);

    /// <summary>Returns the starts of a silo that the membership table shows as active.</summary>
    private async Task<HashSet<int>> Generations(Member silo, CancellationToken cancellationToken)
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
/// <param name="Build">The folder with the build that all start with; <see langword="null"/> for the tests' own.</param>
internal sealed record ClusterPlan(int Silos, int Gateways, string? Build = null);
