using System.Diagnostics;
using Npgsql;
using Scoring.Postgres;

namespace Scoring.Processes;

/// <summary>
/// Two PostgreSQL servers on this machine: a primary, and a standby that has each commit before its client has the answer. After a
/// promotion the former primary is made the standby of the new one.
/// </summary>
internal sealed class ServerPair : IAsyncDisposable
{
    private const string Name = "standby";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan JoinMax = TimeSpan.FromSeconds(90);

    private readonly EmbeddedPostgres _own;

    private ServerPair(EmbeddedPostgres primary, EmbeddedPostgres own)
    {
        Primary = primary;
        Other = _own = own;
        Servers = [primary, own];
    }

    /// <summary>The server that is written to.</summary>
    public EmbeddedPostgres Primary { get; private set; }

    /// <summary>The other one: the standby, or what is left of the primary before it.</summary>
    public EmbeddedPostgres Other { get; private set; }

    /// <summary>Whether the other one is the standby.</summary>
    public bool HasStandby => File.Exists(Path.Combine(Cluster(Other), "standby.signal"));

    /// <summary>Both, always in the same order, as connection strings name them.</summary>
    public IReadOnlyList<EmbeddedPostgres> Servers { get; }

    /// <summary>Starts a standby of a server.</summary>
    public static async Task<ServerPair> Create(
        EmbeddedPostgres primary, EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        var own = await EmbeddedPostgres.Start(
            options, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, cancellationToken);
        var pair = new ServerPair(primary, own);
        await pair.Join(cancellationToken);
        return pair;
    }

    /// <summary>The connection string of both servers, as docs/operations.md advises it. Each server is reached at its own host.</summary>
    public static string ConnectionString(string server, IEnumerable<string> hosts) => new NpgsqlConnectionStringBuilder(server)
    {
        Host = string.Join(',', hosts),
        TargetSessionAttributes = "primary",
        HostRecheckSeconds = 1,
    }.ConnectionString;

    /// <summary>Makes the other server a standby of the primary if it is none, and waits until commits wait for it.</summary>
    public async Task Join(CancellationToken cancellationToken)
    {
        if (!HasStandby)
        {
            await Copy(cancellationToken);
            await Other.Restart(immediate: true);
            await Execute(Primary, $"ALTER SYSTEM SET synchronous_standby_names = '{Name}'", cancellationToken);
            await Execute(Primary, "SELECT pg_reload_conf()", cancellationToken);
        }
        using var beat = new PeriodicTimer(PollInterval);
        const string waits = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync' AND state = 'streaming'";
        for (var from = Stopwatch.GetTimestamp(); await Execute(Primary, waits, cancellationToken) is not 1L;)
        {
            if (Stopwatch.GetElapsedTime(from) > JoinMax) throw new TimeoutException("The standby does not follow the primary.");
            await beat.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>Promotes the standby, which becomes the primary. Returns when it accepts writes.</summary>
    public async Task Promote(CancellationToken cancellationToken)
    {
        if (await Execute(Other, "SELECT pg_promote()", cancellationToken) is not true)
            throw new InvalidOperationException("The standby was not promoted within a minute.");
        (Primary, Other) = (Other, Primary);
    }

    public ValueTask DisposeAsync() => _own.DisposeAsync();

    /// <summary>Replaces the data of the other server by a copy of the primary's, which follows the primary.</summary>
    private async Task Copy(CancellationToken cancellationToken)
    {
        if (ServerProcesses.IsAlive(Other.ServerProcessId))
        {
            using var server = Process.GetProcessById(Other.ServerProcessId);
            server.Kill();
            await server.WaitForExitAsync(cancellationToken);
        }
        var socket = new NpgsqlConnectionStringBuilder(Primary.AdminConnectionString).Host!;
        var copy = Cluster(Other) + ".copy";
        var binaries = await PostgresBinaries.Find(null, null, cancellationToken);
        await Run(
            cancellationToken, Path.Combine(binaries.Folder, "pg_basebackup"), "--host", socket, "--username", "postgres",
            "--pgdata", copy, "--wal-method=stream", "--checkpoint=fast", "--no-sync");
        await File.AppendAllTextAsync(
            Path.Combine(copy, "postgresql.auto.conf"),
            $"""

             primary_conninfo = 'host={socket} user=postgres application_name={Name}'
             synchronous_standby_names = ''
             wal_retrieve_retry_interval = '100ms'

             """,
            cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(copy, "standby.signal"), "", cancellationToken);
        await Run(cancellationToken, "chown", "-R", "--reference", Cluster(Primary), copy);
        Directory.Delete(Cluster(Other), recursive: true);
        Directory.Move(copy, Cluster(Other));
    }

    private static string Cluster(EmbeddedPostgres server) => Path.Combine(server.DataFolder, "cluster");

    private static async Task Run(CancellationToken cancellationToken, params string[] line)
    {
        var result = await CommandRunner.Run(line, "/", cancellationToken);
        if (!result.Succeeded) throw new InvalidOperationException($"{string.Join(' ', line)} failed: {result.Errors}");
    }

    private static async Task<object?> Execute(EmbeddedPostgres server, string sql, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(server.AdminConnectionString);
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
