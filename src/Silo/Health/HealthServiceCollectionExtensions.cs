using Scoring.Hosting;

namespace Scoring.Health;

/// <summary>Registers the answers about a silo's health.</summary>
public static class HealthServiceCollectionExtensions
{
    /// <summary>Adds them. Call it before the silo's services are added, so that it answers while they start.</summary>
    public static IServiceCollection AddSiloHealth(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddChecked<HealthOptions>(configuration.GetSection(HealthOptions.Section));
        services.AddSingleton<SiloReadiness>().AddSingleton<HealthListener>();
        return services.AddHostedService(provider => provider.GetRequiredService<HealthListener>());
    }
}
