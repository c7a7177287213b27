using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Scoring.Inbox;

/// <summary>Registers inboxes and lists.</summary>
public static class PostgresInboxServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IGrainStateReader"/> and the services of inboxes; needs the contests, audits and programmes.</summary>
    public static IServiceCollection AddInbox(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton<IGrainStateReader, PostgresGrainStateReader>();
        return services.AddScoringInbox(configuration);
    }
}
