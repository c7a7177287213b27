using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Hosting;

namespace Scoring.Statistics;

/// <summary>What statistics need besides the port.</summary>
public static class StatisticsHosting
{
    /// <summary>
    /// Adds the job that makes months and its options from a section named <see cref="StatisticsOptions.Section"/>, checked at start.
    /// <see cref="IStatisticsStore"/> is added elsewhere.
    /// </summary>
    public static IServiceCollection AddScoringStatistics(this IServiceCollection services, IConfiguration scoring)
    {
        services.AddChecked<StatisticsOptions>(scoring.GetSection(StatisticsOptions.Section));
        services.AddSingleton<MonthMaking>();
        services.AddHostedService(provider => provider.GetRequiredService<MonthMaking>());
        return services;
    }
}
