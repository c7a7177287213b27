using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Hosting;

namespace Scoring.Statistics;

/// <summary>Registers the services of statistics, except the port.</summary>
public static class StatisticsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the background service, with options from the section <see cref="StatisticsOptions.Section"/>, which are validated at start. It
    /// needs an <see cref="IStatisticsStore"/>.
    /// </summary>
    public static IServiceCollection AddScoringStatistics(this IServiceCollection services, IConfiguration scoring)
    {
        services.AddChecked<StatisticsOptions>(scoring.GetSection(StatisticsOptions.Section));
        services.AddSingleton<MonthlyStatisticsDependencies>();
        services.AddSingleton<MonthlyStatisticsService>();
        services.AddHostedService(provider => provider.GetRequiredService<MonthlyStatisticsService>());
        return services;
    }
}
