using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Hosting;

namespace Scoring.Statistics;

/// <summary>What statistics need besides the port.</summary>
public static class StatisticsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the job that makes months and its options from a section named <see cref="StatisticsOptions.Section"/>, checked at start.
    /// <see cref="IStatisticsStore"/> is added elsewhere.
    /// </summary>
    public static IServiceCollection AddScoringStatistics(this IServiceCollection services, IConfiguration scoring)
    {
        services.AddChecked<StatisticsOptions>(scoring.GetSection(StatisticsOptions.Section));
        services.AddSingleton<MonthlyStatisticsService>();
        services.AddHostedService(provider => provider.GetRequiredService<MonthlyStatisticsService>());
        return services;
    }
}
