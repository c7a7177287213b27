using Microsoft.Extensions.DependencyInjection.Extensions;
using Scoring.Background;
using Scoring.Clocks;
using Scoring.Hosting;
using Scoring.Migrations;

namespace Scoring.Storage;

/// <summary>Registers the connections to PostgreSQL.</summary>
public static class StorageServiceCollectionExtensions
{
    /// <summary>
    /// Adds the connections, the migrations and the start checks. Call it before anything that uses the database when it starts, because
    /// hosted services start in the order of their registration.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddChecked<StorageOptions>(StorageOptions.Section);
        services.AddBackgroundSteps();
        services.TryAddSingleton<IReferenceClock, PostgresClock>();
        services.TryAddSingleton<IncarnationMonitor>();
        services.TryAddSingleton<LedgerDatabase>();
        services.TryAddSingleton<Migrator>();
        services.TryAddSingleton<StartChecks>();
        services.AddHostedService<StorageStartService>();
        return services;
    }
}
