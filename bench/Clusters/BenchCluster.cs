using System.Globalization;
using Npgsql;
using Scoring.Bench.Measuring;
using Scoring.Bench.Platforms;
using Scoring.City.Commands;
using Scoring.City.Platform;
using Scoring.Cluster;
using Scoring.Counters;
using Scoring.Testing;

namespace Scoring.Bench.Clusters;

/// <summary>Silos and one gateway as processes on one PostgreSQL, with what a bench needs to use and to measure them.</summary>
internal sealed class BenchCluster : IAsyncDisposable
{
    private const int SharedBuffersMiB = 256; // as in Standalone

    private readonly PlatformCluster _cluster;
    private readonly string[] _counters;
    private readonly ProcessorTime _time;
    private readonly NpgsqlDataSource _database;

    private BenchCluster(PlatformCluster cluster, string[] counters, Uri address, TextWriter progress)
    {
        _cluster = cluster;
        _counters = counters;
        _time = new ProcessorTime(cluster.Postgres.DataFolder);
        _database = NpgsqlDataSource.Create(cluster.Postgres.ConnectionString);
        Address = address;
        Session = new Session(cluster.Clients(address), [address], "bench", 8);
        Client = new BenchClient(Session, progress);
    }

    /// <summary>The gateway's address.</summary>
    public Uri Address { get; }

    /// <summary>The clients of the platform.</summary>
    public Session Session { get; }

    /// <summary>Enrols subjects.</summary>
    public BenchClient Client { get; }

    /// <summary>The token of the source of trips.</summary>
    public string SourceToken => Session.Standalone.Sources.First(source => source.Family == EventFamily.Traffic).Token;

    /// <summary>Starts PostgreSQL, the silos and the gateway, and waits until they are ready.</summary>
    /// <param name="silos">How many silos.</param>
    /// <param name="settings">Settings of silos and gateway that differ from the defaults, as <c>--Section:Name=value</c>.</param>
    /// <param name="progress">Where progress is written.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<BenchCluster> Start(
        int silos, IReadOnlyList<string> settings, TextWriter progress, CancellationToken cancellationToken)
    {
        var cluster = new PlatformCluster();
        try
        {
            var server = PlatformCluster.Server();
            server.SharedBuffersMiB = SharedBuffersMiB;
            await cluster.Prepare(server, cancellationToken);
            cluster.Common.AddRange(BenchPlatform.WithoutLimitsOfOne.Concat(settings).Select(Setting));
            string[] counters = [.. Enumerable.Range(0, silos).Select(silo => Path.Combine(cluster.Folder, $"counters-{silo}"))];
            foreach (var (silo, file) in counters.Index())
            {
                // Only silos get the hook; the first one migrates the database.
                cluster.StartSilo(("DOTNET_STARTUP_HOOKS", typeof(SiloCounters).Assembly.Location), (SiloCounters.Variable, file));
                if (silo == 0) await cluster.UntilActive(1, cancellationToken);
            }
            await cluster.UntilActive(silos, cancellationToken);
            return new BenchCluster(cluster, counters, await cluster.StartGateway(cancellationToken), progress);
        }
        catch
        {
            progress.WriteLine(cluster.Tails);
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads what the processes have used and counted so far.</summary>
    /// <param name="client">The processor time of the load process so far, in seconds.</param>
    public ClusterReading Read(double client) => new(
        client, ProcessorTime.Of(_cluster.Processes[^1].Id), [.. _cluster.Processes.SkipLast(1).Select(silo => ProcessorTime.Of(silo.Id))],
        _time.Postgres(), _counters.Select(SiloCounters.Read).Aggregate((one, other) => one + other));

    /// <summary>Returns the one number that a statement returns.</summary>
    public async Task<long> Count(string sql, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Session.Dispose();
        await _database.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    private static (string Name, string Value) Setting(string argument)
    {
        var parts = argument.TrimStart('-').Split('=', 2);
        return (parts[0], parts.ElementAtOrDefault(1) ?? "");
    }
}

/// <summary>What the processes of a cluster have used and counted so far.</summary>
/// <param name="Client">The load process, in seconds of processor time.</param>
/// <param name="Gateway">The gateway, likewise.</param>
/// <param name="Silos">Each silo, likewise.</param>
/// <param name="Database">PostgreSQL, likewise.</param>
/// <param name="Counters">The counters of all silos together.</param>
internal sealed record ClusterReading(double Client, double Gateway, IReadOnlyList<double> Silos, double Database, SiloCounters Counters);
