using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Scoring.Contests;

/// <summary>Registers the contests.</summary>
public static class PostgresContestServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IContestStore"/> and the handlers of contests; needs the enrolments and the administration.</summary>
    public static IServiceCollection AddContests(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton<IContestStore, PostgresContests>();
        return services.AddScoringContests(configuration);
    }
}
