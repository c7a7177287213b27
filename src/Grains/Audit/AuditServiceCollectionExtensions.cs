using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Hosting;

namespace Scoring.Audit;

/// <summary>What auditors' grains need.</summary>
public static class AuditServiceCollectionExtensions
{
    /// <summary>
    /// Adds what they work with and the options from the section <see cref="AuditOptions.Section"/>. Needs exports, checkpoints and an
    /// <see cref="IAuditStore"/>.
    /// </summary>
    public static IServiceCollection AddScoringAudit(this IServiceCollection services, IConfiguration scoring)
    {
        services.AddChecked<AuditOptions>(scoring.GetSection(AuditOptions.Section));
        services.AddSingleton<AuditAccessHandler>().AddSingleton<AuditScorer>().AddSingleton<AuditDrawHandler>();
        return services.AddSingleton<AuditDependencies>();
    }
}
