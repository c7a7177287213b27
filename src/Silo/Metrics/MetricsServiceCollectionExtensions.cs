using Scoring.Hosting;

namespace Scoring.Metrics;

/// <summary>Registers what a silo measures in the background.</summary>
public static class MetricsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the service and its options from the section <see cref="MetricsOptions.Section"/>. It needs storage, ledger and keys.
    /// </summary>
    public static IServiceCollection AddSiloMetrics(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddChecked<MetricsOptions>(configuration.GetSection(MetricsOptions.Section));
        services.AddSingleton<BacklogReader>().AddSingleton<MetricsServiceDependencies>();
        return services.AddHostedService<MetricsService>();
    }
}
