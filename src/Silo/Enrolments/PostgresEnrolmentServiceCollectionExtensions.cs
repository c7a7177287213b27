using Microsoft.Extensions.DependencyInjection.Extensions;
using Scoring.Administration;
using Scoring.Grants;
using Scoring.Handles;
using Scoring.Hosting;
using Scoring.Programmes;

namespace Scoring.Enrolments;

/// <summary>Registers the enrolments.</summary>
public static class PostgresEnrolmentServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IEnrolmentStore"/>. It needs <see cref="Ledger.LedgerServiceCollectionExtensions.AddLedger"/> and
    /// <see cref="Erasures.ErasureServiceCollectionExtensions.AddErasures"/>.
    /// </summary>
    public static IServiceCollection AddEnrolments(this IServiceCollection services)
    {
        services.AddChecked<EnrolmentOptions>(EnrolmentOptions.Section);
        services.TryAddSingleton(provider => new ProgrammeClock(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<LockedSubjects>();
        services.TryAddSingleton<EnrolmentReader>();
        services.TryAddSingleton<EnrolmentLanes>();
        services.TryAddSingleton<GrantWriter>();
        services.TryAddSingleton<HandleLinkWriter>();
        services.TryAddSingleton<EnrolmentStoreDependencies>();
        services.TryAddSingleton<IEnrolmentStore, PostgresEnrolments>();
        services.TryAddSingleton<ProgrammeChangeSignal>();
        return services;
    }
}
