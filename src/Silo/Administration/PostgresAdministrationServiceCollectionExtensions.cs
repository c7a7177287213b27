using Microsoft.Extensions.DependencyInjection.Extensions;
using Scoring.Ledger;
using Scoring.Simulation;

namespace Scoring.Administration;

/// <summary>Registers what administrators' grains work with.</summary>
public static class PostgresAdministrationServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IProgrammeStore"/>, <see cref="ISimulationLedger"/> and the watch over review days; needs the programmes.
    /// </summary>
    public static IServiceCollection AddAdministration(this IServiceCollection services)
    {
        services.TryAddSingleton<ProgrammeChangeSignal>();
        services.TryAddSingleton<IProgrammeStore, PostgresProgrammeStore>();
        services.TryAddSingleton<ISimulationLedger, PostgresSimulationLedger>();
        services.AddHostedService<ReviewDayService>();
        return services;
    }
}
