using Npgsql;
using Scoring.Cluster;
using Scoring.Postgres;

namespace Scoring.Processes;

/// <summary>PostgreSQL of a cluster, with a standby and a file system of its own when faults need them.</summary>
internal sealed class ClusterDatabase : IAsyncDisposable
{
    private readonly EmbeddedPostgres _first;

    private ClusterDatabase(EmbeddedPostgres first, ServerPair? servers, SmallDisk? disk)
    {
        _first = first;
        Servers = servers;
        Disk = disk;
    }

    /// <summary>The server that is written to.</summary>
    public EmbeddedPostgres Primary => Servers?.Primary ?? _first;

    /// <summary>The server and its standby; <see langword="null"/> when it has none.</summary>
    public ServerPair? Servers { get; }

    /// <summary>The file system of the data; <see langword="null"/> when they share the machine's.</summary>
    public SmallDisk? Disk { get; }

    /// <summary>The folder of each server's socket.</summary>
    public IReadOnlyList<string> Hosts =>
        [.. (Servers?.Servers ?? [_first]).Select(server => new NpgsqlConnectionStringBuilder(server.ConnectionString).Host!)];

    /// <summary>Prepares the platform, and starts what the plan needs.</summary>
    public static async Task<ClusterDatabase> Start(PlatformCluster platform, ClusterPlan plan, CancellationToken cancellationToken)
    {
        var disk = plan.Features.HasFlag(ClusterFeatures.SmallDisk) ? await SmallDisk.Mount(plan.DiskMiB) : null;
        try
        {
            await platform.Prepare(Options(disk, "first"), cancellationToken);
            if (disk is not null) await LimitWal(platform.Postgres, cancellationToken);
            var servers = plan.Features.HasFlag(ClusterFeatures.Standby)
                ? await ServerPair.Create(platform.Postgres, Options(disk, "second"), cancellationToken)
                : null;
            return new ClusterDatabase(platform.Postgres, servers, disk);
        }
        catch
        {
            if (disk is not null) await disk.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns the connection string that reaches each server at a host.</summary>
    public string ConnectionString(IReadOnlyList<string> hosts) => hosts is [var host]
        ? new NpgsqlConnectionStringBuilder(_first.ConnectionString) { Host = host }.ConnectionString
        : ServerPair.ConnectionString(_first.ConnectionString, hosts);

    /// <summary>
    /// Starts each server that has ended, but never a primary from before a promotion, which would be a second one. Returns whether the
    /// one that is written to had ended.
    /// </summary>
    public async Task<bool> StartAgain()
    {
        var hadEnded = !await Answers(Primary);
        if (hadEnded) await Primary.Restart(immediate: true);
        if (Servers is { HasStandby: true } && !await Answers(Servers.Other)) await Servers.Other.Restart(immediate: true);
        return hadEnded;
    }

    /// <summary>Stops the standby.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Servers is not null) await Servers.DisposeAsync();
    }

    private static async Task<bool> Answers(EmbeddedPostgres server)
    {
        try
        {
            await using var database = NpgsqlDataSource.Create(server.AdminConnectionString);
            await using var command = database.CreateCommand("SELECT 1");
            return await command.ExecuteScalarAsync() is 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>
    /// Keeps the log of each server small, since it shares a small file system with the data. A standby copies the setting.
    /// </summary>
    private static async Task LimitWal(EmbeddedPostgres server, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(server.AdminConnectionString);
        foreach (var sql in new[] { "ALTER SYSTEM SET max_wal_size = '256MB'", "SELECT pg_reload_conf()" })
        {
            await using var command = database.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static EmbeddedPostgresOptions Options(SmallDisk? disk, string name)
    {
        var options = PlatformCluster.Server();
        if (disk is not null) options.DataFolder = disk.Folder(name);
        return options;
    }
}
