using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Hosting;

namespace Scoring.Recomputing;

/// <summary>Registers the recomputation of live folds.</summary>
public static class RecomputationServiceCollectionExtensions
{
    /// <summary>
    /// Adds the background service, and its options from the section <see cref="RecomputationOptions.Section"/>, which are validated at
    /// start. It needs <see cref="GrainServiceCollectionExtensions.AddScoringGrains"/> and the ports.
    /// </summary>
    public static IServiceCollection AddRecomputation(this IServiceCollection services, IConfiguration scoring)
    {
        services.AddChecked<RecomputationOptions>(scoring.GetSection(RecomputationOptions.Section));
        services.AddSingleton<FoldVerifier>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<FoldSampler>(
            provider, new Random(RandomNumberGenerator.GetInt32(int.MaxValue))));
        services.AddSingleton<RecomputationService>();
        services.AddHostedService(provider => provider.GetRequiredService<RecomputationService>());
        return services;
    }
}
