using Scoring.Client;

namespace Scoring.Programmes;

/// <summary>Finds parts of a programme's document.</summary>
internal static class ProgrammeLookups
{
    /// <summary>Returns the version in force; before the first version's first day, that one.</summary>
    public static ProgrammeVersionResponse VersionInForce(this ProgrammeResponse document) =>
        document.Versions.Single(version => version.Number == document.RuleSetInForce);

    /// <summary>Returns the rules and tiers of a version.</summary>
    public static RuleSet RuleSetOf(this ProgrammeResponse document, int number) =>
        document.RuleSets.Single(rules => rules.Number == number);

    /// <summary>Returns an event type, or <see langword="null"/> when the programme does not take it.</summary>
    public static EventType? FindEventType(this ProgrammeResponse document, string? name) =>
        document.EventTypes.FirstOrDefault(type => type.Name == name);

    /// <summary>Returns a source, or <see langword="null"/> when the programme no longer has it.</summary>
    public static SourceResponse? FindSource(this ProgrammeResponse document, string id) =>
        document.Sources.FirstOrDefault(source => source.Id == id);

    /// <summary>Returns a service, or <see langword="null"/> when it is no longer registered.</summary>
    public static Service? FindService(this ProgrammeResponse document, string id) =>
        document.Services.FirstOrDefault(service => service.Id == id);

    /// <summary>Returns the name of a source; its id when the programme no longer has it.</summary>
    public static string SourceName(this ProgrammeResponse document, string id) => document.FindSource(id)?.Name ?? id;

    /// <summary>Returns the legal entity of a service; its id when it is no longer registered.</summary>
    public static string ServiceName(this ProgrammeResponse document, string id) => document.FindService(id)?.LegalEntity ?? id;
}
