using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Hosting;

namespace Scoring.Contests;

/// <summary>What contests need besides the ports.</summary>
public static class ContestHosting
{
    /// <summary>
    /// Adds what the grains of contests work with, the look for overdue ones, and the options from a section named
    /// <see cref="ContestOptions.Section"/>, checked at start. <see cref="IContestStore"/> is added elsewhere.
    /// </summary>
    public static IServiceCollection AddScoringContests(this IServiceCollection services, IConfiguration scoring)
    {
        services.AddChecked<ContestOptions>(scoring.GetSection(ContestOptions.Section));
        services.AddSingleton<RecordedHands>();
        services.AddSingleton<Independence>();
        services.AddSingleton<OverdueContests>();
        services.AddHostedService(provider => provider.GetRequiredService<OverdueContests>());
        return services;
    }
}
