using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Hosting;

namespace Scoring.Contests;

/// <summary>What contests need besides the ports.</summary>
public static class ContestServiceCollectionExtensions
{
    /// <summary>
    /// Adds what the grains of contests work with, the look for overdue ones, and the options from a section named
    /// <see cref="ContestOptions.Section"/>, checked at start. <see cref="IContestStore"/> is added elsewhere.
    /// </summary>
    public static IServiceCollection AddScoringContests(this IServiceCollection services, IConfiguration scoring)
    {
        services.AddChecked<ContestOptions>(scoring.GetSection(ContestOptions.Section));
        services.AddSingleton<PriorInvolvement>();
        services.AddSingleton<ReviewerIndependence>();
        services.AddSingleton<OverdueContestService>();
        services.AddHostedService(provider => provider.GetRequiredService<OverdueContestService>());
        return services;
    }
}
