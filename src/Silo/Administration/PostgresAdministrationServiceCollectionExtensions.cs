using Microsoft.Extensions.DependencyInjection.Extensions;
using Scoring.Ledger;
using Scoring.Simulation;

namespace Scoring.Administration;

/// <summary>Registers the stores of the administrators' grains.</summary>
public static class PostgresAdministrationServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IProgrammeStore"/>, <see cref="ISimulationLedger"/>, <see cref="ISimulationReportStore"/> and the service that
    /// checks review days; needs the programmes.
    /// </summary>
    public static IServiceCollection AddAdministration(this IServiceCollection services)
    {
        services.TryAddSingleton<ProgrammeChangeSignal>();
        services.TryAddSingleton<AdminActionWriter>();
        services.TryAddSingleton<RecordReader>();
        services.TryAddSingleton<IProgrammeStore, PostgresProgrammeStore>();
        services.TryAddSingleton<ISimulationLedger, PostgresSimulationLedger>();
        services.TryAddSingleton<ISimulationReportStore, PostgresSimulationReports>();
        services.AddHostedService<ReviewDayService>();
        return services;
    }
}
