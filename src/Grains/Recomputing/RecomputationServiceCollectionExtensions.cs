using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Hosting;

namespace Scoring.Recomputing;

/// <summary>What recomputing live folds needs besides the grains' services.</summary>
public static class RecomputationServiceCollectionExtensions
{
    /// <summary>
    /// Adds the job and its options from a section named <see cref="RecomputationOptions.Section"/>, checked at start. Needs
    /// <see cref="GrainServiceCollectionExtensions.AddScoringGrains"/> and the ports.
    /// </summary>
    public static IServiceCollection AddRecomputation(this IServiceCollection services, IConfiguration scoring)
    {
        services.AddChecked<RecomputationOptions>(scoring.GetSection(RecomputationOptions.Section));
        services.AddSingleton<FoldVerifier>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<RecomputationService>(
            provider, new Random(RandomNumberGenerator.GetInt32(int.MaxValue))));
        services.AddHostedService(provider => provider.GetRequiredService<RecomputationService>());
        return services;
    }
}
