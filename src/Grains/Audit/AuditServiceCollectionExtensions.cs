using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Hosting;

namespace Scoring.Audit;

/// <summary>Registers the services of audits.</summary>
public static class AuditServiceCollectionExtensions
{
    /// <summary>
    /// Adds the services, with options from the section <see cref="AuditOptions.Section"/>. They need the services of exports and
    /// checkpoints, and an <see cref="IAuditStore"/>.
    /// </summary>
    public static IServiceCollection AddScoringAudit(this IServiceCollection services, IConfiguration scoring)
    {
        services.AddChecked<AuditOptions>(scoring.GetSection(AuditOptions.Section));
        services.AddSingleton<AuditAccessHandler>().AddSingleton<AuditScorer>().AddSingleton<AuditDrawHandler>();
        return services.AddSingleton<AuditDependencies>();
    }
}
