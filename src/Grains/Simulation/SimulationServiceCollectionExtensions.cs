using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Administration;
using Scoring.Hosting;

namespace Scoring.Simulation;

/// <summary>Registers the services of simulations and shadows, except the ports.</summary>
public static class SimulationServiceCollectionExtensions
{
    /// <summary>
    /// Adds the services, with options from the section <c>Simulation</c>, which are validated at start. They need an
    /// <see cref="ISimulationLedger"/>, an <see cref="IProgrammeStore"/> and the grains' services.
    /// </summary>
    public static IServiceCollection AddScoringSimulation(this IServiceCollection services, IConfiguration scoring)
    {
        services.AddChecked<SimulationOptions>(scoring.GetSection(SimulationOptions.Section));
        services.AddSingleton<LedgerSimulation>();
        services.AddHostedService<ShadowService>();
        return services;
    }
}
