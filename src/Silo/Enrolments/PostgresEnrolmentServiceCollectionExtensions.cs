using Microsoft.Extensions.DependencyInjection.Extensions;
using Scoring.Administration;
using Scoring.Programmes;

namespace Scoring.Enrolments;

/// <summary>Registers the enrolments.</summary>
public static class PostgresEnrolmentServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IEnrolmentStore"/>; needs <see cref="Ledger.LedgerServiceCollectionExtensions.AddLedger"/>.</summary>
    public static IServiceCollection AddEnrolments(this IServiceCollection services)
    {
        services.AddOptions<EnrolmentOptions>().BindConfiguration(EnrolmentOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(provider => new ProgrammeClock(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<PostgresEnrolments>();
        services.TryAddSingleton<IEnrolmentStore>(provider => provider.GetRequiredService<PostgresEnrolments>());
        services.TryAddSingleton<ProgrammeChangeSignal>();
        return services;
    }
}
