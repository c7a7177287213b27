using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Scoring.Statistics;

/// <summary>Registers the statistics.</summary>
public static class PostgresStatisticsServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IStatisticsStore"/> and the service that counts months; needs the grains' services.</summary>
    public static IServiceCollection AddStatistics(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton<IStatisticsStore, PostgresStatistics>();
        return services.AddScoringStatistics(configuration);
    }
}
