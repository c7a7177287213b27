using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Administration;
using Scoring.Hosting;

namespace Scoring.Simulation;

/// <summary>What simulations and shadows need besides the ports.</summary>
public static class SimulationServiceCollectionExtensions
{
    /// <summary>
    /// Adds the service behind simulations, the reminder of shadows, and their options from a section named <c>Simulation</c>, checked at
    /// start. <see cref="ISimulationLedger"/> and <see cref="IProgrammeStore"/> are added elsewhere, the grains' services too.
    /// </summary>
    public static IServiceCollection AddScoringSimulation(this IServiceCollection services, IConfiguration scoring)
    {
        services.AddChecked<SimulationOptions>(scoring.GetSection("Simulation"));
        services.AddSingleton<LedgerSimulation>();
        services.AddHostedService<ShadowService>();
        return services;
    }
}
