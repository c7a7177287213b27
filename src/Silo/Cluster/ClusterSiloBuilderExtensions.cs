using System.Data.Common;
using System.Net;
using Npgsql;
using Orleans.Configuration;
using Scoring.Storage;

namespace Scoring.Cluster;

/// <summary>Adds the clustering of silos.</summary>
public static class ClusterSiloBuilderExtensions
{
    private const string Invariant = "Npgsql";

    /// <summary>
    /// Runs the silo alone and without a port, or joins it to the cluster of the membership table in PostgreSQL, as the options say.
    /// </summary>
    public static ISiloBuilder UseCluster(
        this ISiloBuilder silo, SiloClusterOptions options, IConfiguration configuration, IHostEnvironment environment)
    {
        silo.Configure<ClusterOptions>(cluster =>
        {
            cluster.ClusterId = options.ClusterId;
            cluster.ServiceId = options.ServiceId;
        });
        if (options.Clustering == SiloClustering.Alone)
        {
            NoConnectionListenerFactory.Replace(silo.Services);
            return silo.UseLocalhostClustering(options.SiloPort, options.GatewayPort, null, options.ServiceId, options.ClusterId);
        }

        DbProviderFactories.RegisterFactory(Invariant, NpgsqlFactory.Instance);
        var connectionString = options.ConnectionString is { Length: > 0 } own
            ? own
            : configuration.GetSection(StorageOptions.Section)[nameof(StorageOptions.ConnectionString)];
        // The check of the options names an address that is none.
        var address = IPAddress.TryParse(options.Address, out var parsed) ? parsed : null;
        if (address is not null)
            silo.ConfigureEndpoints(address, options.SiloPort, options.GatewayPort, listenOnAnyHostAddress: false);
        else
            silo.ConfigureEndpoints(options.SiloPort, options.GatewayPort);
        silo.UseMutualTls(environment, address);
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = TimeSpan.FromSeconds(options.ProbeSeconds);
            membership.MaxProbeTimeout = TimeSpan.FromSeconds(2 * options.ProbeSeconds);
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        });
        return silo.UseAdoNetClustering(clustering =>
        {
            clustering.Invariant = Invariant;
            clustering.ConnectionString = connectionString!;
        });
    }
}
