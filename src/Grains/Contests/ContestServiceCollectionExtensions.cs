using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Hosting;

namespace Scoring.Contests;

/// <summary>Registers the services of contests, except the ports.</summary>
public static class ContestServiceCollectionExtensions
{
    /// <summary>
    /// Adds the services of the grains of contests, the sweep of overdue ones, and the options from the section
    /// <see cref="ContestOptions.Section"/>, which are validated at start. They need an <see cref="IContestStore"/>.
    /// </summary>
    public static IServiceCollection AddScoringContests(this IServiceCollection services, IConfiguration scoring)
    {
        services.AddChecked<ContestOptions>(scoring.GetSection(ContestOptions.Section));
        services.AddSingleton<PriorInvolvement>();
        services.AddSingleton<ReviewerIndependence>();
        services.AddSingleton<OverdueContestHandler>();
        services.AddHostedService<OverdueContestService>();
        return services;
    }
}
