using Microsoft.Extensions.Options;
using Scoring.Erasures;

namespace Scoring.Health;

/// <summary>Registers the checks of a silo's health.</summary>
public static class SiloHealthServiceCollectionExtensions
{
    /// <summary>Adds them, the ones on which readiness depends first.</summary>
    public static IServiceCollection AddSiloChecks(this IServiceCollection services)
    {
        services.AddCheck<MembershipCheck>().AddCheck<DatabaseCheck>().AddCheck<RulesCheck>();
        services.AddCheck<DatabaseSettingsCheck>().AddCheck<SchemaCheck>().AddCheck<ClockCheck>();
        services.AddCheck<SealerCheck>().AddCheck<ErasuresCheck>().AddCheck<BackgroundCheck>().AddCheck<RegistrationsCheck>();
        return services.AddWatchedFolder(provider => new WatchedFolder(
            "Erasures:Folder", provider.GetRequiredService<IOptions<ErasureOptions>>().Value.Folder));
    }
}
