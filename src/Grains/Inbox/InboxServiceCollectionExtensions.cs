using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Hosting;

namespace Scoring.Inbox;

/// <summary>Registers the services of inboxes and lists, except the ports.</summary>
public static class InboxServiceCollectionExtensions
{
    /// <summary>
    /// Adds the services, with options from the section <see cref="InboxOptions.Section"/>, which are validated at start. They need an
    /// <see cref="IGrainStateReader"/>, an <see cref="SetAside.ISetAsideStore"/>, the contests, the audits and the administration.
    /// </summary>
    public static IServiceCollection AddScoringInbox(this IServiceCollection services, IConfiguration scoring)
    {
        services.AddChecked<InboxOptions>(scoring.GetSection(InboxOptions.Section));
        services.AddSingleton<ProgrammeSummaryReader>().AddSingleton<RegistrationSummaryReader>();
        services.AddSingleton<IInboxSection, ProgrammeSection>();
        services.AddSingleton<IInboxSection, RegistrationSection>();
        services.AddSingleton<IInboxSection, ContestSection>();
        services.AddSingleton<IInboxSection, IncidentSection>();
        services.AddSingleton<IInboxSection, SetAsideSection>();
        return services;
    }
}
