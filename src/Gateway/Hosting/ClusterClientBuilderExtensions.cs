using Npgsql;
using Orleans.Configuration;
using Scoring.Cluster;
using Scoring.Settings;
using Scoring.Telemetry;

namespace Scoring.Hosting;

/// <summary>Registers the Orleans client of a gateway that runs in its own process.</summary>
public static class ClusterClientBuilderExtensions
{
    private const string Invariant = "Npgsql";

    /// <summary>
    /// Adds the client. It tries to connect until it succeeds; meanwhile the process already answers that it is live.
    /// </summary>
    public static WebApplicationBuilder AddScoringClusterClient(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(ClusterClientOptions.Section);
        var cluster = section.Get<ClusterClientOptions>() ?? new ClusterClientOptions();
        builder.Services.AddSettings<ClusterClientOptions>(builder.Configuration, ClusterClientOptions.Section);
        builder.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true);
        builder.AddGrainTelemetry();
        System.Data.Common.DbProviderFactories.RegisterFactory(Invariant, NpgsqlFactory.Instance);
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(options =>
            {
                options.ClusterId = cluster.ClusterId;
                options.ServiceId = cluster.ServiceId;
            })
            .Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(cluster.RefreshSeconds))
            .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(cluster.ResponseSeconds))
            .UseAdoNetClustering(options =>
            {
                options.Invariant = Invariant;
                options.ConnectionString = cluster.ConnectionString;
            })
            .UseMutualTls(builder.Environment)
            .UseConnectionRetryFilter(async (_, cancellationToken) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(cluster.RetrySeconds), cancellationToken);
                return true;
            }));
        return builder;
    }
}
