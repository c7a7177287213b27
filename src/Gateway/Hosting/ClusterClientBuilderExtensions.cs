using System.ComponentModel.DataAnnotations;
using Npgsql;
using Orleans.Configuration;

namespace Scoring.Hosting;

/// <summary>Which cluster the gateway's own process joins, in the configuration section <c>Cluster</c>.</summary>
public sealed class ClusterClientOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Cluster";

    /// <summary>How to reach the PostgreSQL with the cluster's membership.</summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>The cluster's id, the same for silos and gateways.</summary>
    [Required]
    public string ClusterId { get; set; } = "scoring";

    /// <summary>The service's id, the same for silos and gateways.</summary>
    [Required]
    public string ServiceId { get; set; } = "scoring";

    /// <summary>The pause between attempts to find the cluster, in seconds.</summary>
    [Range(0.1, 60)]
    public double RetrySeconds { get; set; } = 1;
}

/// <summary>The Orleans client of the gateway's own process.</summary>
public static class ClusterClientBuilderExtensions
{
    private const string Invariant = "Npgsql";

    /// <summary>Adds the client; it looks for the cluster until it finds it, while the process already answers that it lives.</summary>
    public static WebApplicationBuilder AddScoringClusterClient(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(ClusterClientOptions.Section);
        var cluster = section.Get<ClusterClientOptions>() ?? new ClusterClientOptions();
        builder.Services.AddOptions<ClusterClientOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true);
        System.Data.Common.DbProviderFactories.RegisterFactory(Invariant, NpgsqlFactory.Instance);
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId))
            .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, cluster.ConnectionString))
            .UseConnectionRetryFilter(async (_, cancellationToken) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(cluster.RetrySeconds), cancellationToken);
                return true;
            }));
        return builder;
    }
}
