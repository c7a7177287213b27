using Microsoft.Extensions.DependencyInjection;

namespace Scoring.SetAside;

/// <summary>Registers the background work on entries that no fold could value.</summary>
public static class SetAsideServiceCollectionExtensions
{
    /// <summary>
    /// Adds the background service. It needs <see cref="Hosting.GrainServiceCollectionExtensions.AddScoringGrains"/>, an
    /// <see cref="ISetAsideStore"/> and the ports.
    /// </summary>
    public static IServiceCollection AddSetAside(this IServiceCollection services)
    {
        services.AddSingleton<SetAsideReplayer>();
        services.AddSingleton<SetAsideServiceDependencies>();
        services.AddSingleton<SetAsideService>();
        services.AddHostedService(provider => provider.GetRequiredService<SetAsideService>());
        return services;
    }
}
