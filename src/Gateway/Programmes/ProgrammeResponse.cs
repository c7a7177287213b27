using System.Collections.Immutable;
using Scoring.Events;
using Scoring.Rules;

namespace Scoring.Programmes;

/// <summary>Everything public about one programme: what it scores, by which rules, for which services.</summary>
/// <param name="Programme">The programme's purpose, context, bounds and effects, as the version in force has them.</param>
/// <param name="Today">The current day in the programme's zone.</param>
/// <param name="Suspended">Whether the programme is suspended: every answer is neutral and no event is accepted.</param>
/// <param name="Ended">Whether the programme has ended permanently.</param>
/// <param name="RuleSetInForce">The number of the rule set in force today; before the first rule set's first day, its number.</param>
/// <param name="RuleSetHash">The hash of that rule set; a request to enrol sends it back.</param>
/// <param name="RuleSets">The programme's published rule sets in full, in ascending numbers and first days.</param>
/// <param name="Versions">What was published with each rule set, in the same order.</param>
/// <param name="EventTypes">The event types that the programme accepts.</param>
/// <param name="Services">The services that may query a score with a participant's grant.</param>
/// <param name="Sources">The sources that may send events of the accepted types, and where each links handles.</param>
/// <param name="Installation">The audience of handle proofs for this installation; empty when it names none.</param>
internal sealed record ProgrammeResponse(
    Programme Programme, DateOnly Today, bool Suspended, bool Ended, int RuleSetInForce, string RuleSetHash,
    ImmutableArray<RuleSet> RuleSets, ImmutableArray<ProgrammeVersionResponse> Versions, ImmutableArray<EventType> EventTypes,
    ImmutableArray<Service> Services, ImmutableArray<SourceResponse> Sources, string Installation)
{
    /// <summary>Makes the answer from the catalogue.</summary>
    public static ProgrammeResponse Of(PublishedProgramme published, Catalogue catalogue)
    {
        var inForce = published.InForce(published.Today);
        ImmutableArray<EventType> types = [.. catalogue.EventTypes.Where(type => published.Programme.EventTypes.Contains(type.Name))];
        return new(
            published.Programme, published.Today, published.Suspended, published.Ended, inForce.Number, inForce.Hash, published.RuleSets,
            [.. published.Versions.Select(ProgrammeVersionResponse.Of)],
            types,
            [.. catalogue.Services.Where(service => service.Programme == published.Programme.Id)],
            [.. catalogue.Sources.Where(source => !source.Stopped && types.Any(type => type.Family == source.Family))
                .Select(source => new SourceResponse(source.Id, source.Name, source.Family, source.LinkUri))],
            catalogue.Installation);
    }
}

/// <summary>A source of a programme's events.</summary>
/// <param name="Id">Its id, an absolute URI.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Family">The family of events that it sends.</param>
/// <param name="LinkUri">The page on which a person links a handle; <see langword="null"/> when it has none.</param>
internal sealed record SourceResponse(string Id, string Name, EventFamily Family, string? LinkUri);

/// <summary>What is published under one number together with the rule set.</summary>
/// <param name="Number">The version's number, which is also its rule set's.</param>
/// <param name="FirstDay">The version's first day in force, in the programme's zone.</param>
/// <param name="Hash">The hash of the version's rule set.</param>
/// <param name="Terms">The programme as this version has it.</param>
/// <param name="Assessment">The impact assessment: affected groups, risks and their mitigations.</param>
/// <param name="Widens">Whether participants who consented to an earlier version must consent again from the first day on.</param>
/// <param name="Differences">The differences from the version before, in words; empty for the first.</param>
internal sealed record ProgrammeVersionResponse(
    int Number, DateOnly FirstDay, string Hash, Programme Terms, Assessment Assessment, bool Widens, ImmutableArray<string> Differences)
{
    /// <summary>Makes the answer from a version; the rule set is answered separately.</summary>
    public static ProgrammeVersionResponse Of(ProgrammeVersion version) => new(
        version.RuleSet.Number, version.RuleSet.FirstDay, version.RuleSet.Hash, version.Terms, version.Assessment, version.Widens,
        version.Differences);
}
