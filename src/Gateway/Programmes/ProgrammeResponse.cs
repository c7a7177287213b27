using System.Collections.Immutable;
using Scoring.Events;
using Scoring.Rules;

namespace Scoring.Programmes;

/// <summary>Everything public about one programme: what is scored, by which rules, for whom.</summary>
/// <param name="Programme">Its purpose, context, bounds and effects, as the version in force has them.</param>
/// <param name="Today">The current day in its zone.</param>
/// <param name="Suspended">Whether it is suspended: every answer neutral, no event taken.</param>
/// <param name="Ended">Whether it has ended for good.</param>
/// <param name="RuleSetInForce">Number of the rule set in force today; before the first one's day, of the first.</param>
/// <param name="RuleSetHash">Hash of that rule set; whoever enrols echoes it.</param>
/// <param name="RuleSets">Its published rule sets in full, in ascending numbers and first days.</param>
/// <param name="Versions">What was published beside each of them, in the same order.</param>
/// <param name="EventTypes">The types of event it takes.</param>
/// <param name="Services">Who may ask for a score when a participant grants it.</param>
internal sealed record ProgrammeResponse(
    Programme Programme, DateOnly Today, bool Suspended, bool Ended, int RuleSetInForce, string RuleSetHash,
    ImmutableArray<RuleSet> RuleSets, ImmutableArray<ProgrammeVersionResponse> Versions, ImmutableArray<EventType> EventTypes,
    ImmutableArray<Service> Services)
{
    /// <summary>Gathers it from the catalogue.</summary>
    public static ProgrammeResponse Of(PublishedProgramme published, Catalogue catalogue)
    {
        var inForce = published.InForce(published.Today);
        return new(
            published.Programme, published.Today, published.Suspended, published.Ended, inForce.Number, inForce.Hash, published.RuleSets,
            [.. published.Versions.Select(ProgrammeVersionResponse.Of)],
            [.. catalogue.EventTypes.Where(type => published.Programme.EventTypes.Contains(type.Name))],
            [.. catalogue.Services.Where(service => service.Programme == published.Programme.Id)]);
    }
}

/// <summary>What is published under one number beside the rule set.</summary>
/// <param name="Number">The version's number, which is its rule set's.</param>
/// <param name="FirstDay">Its first day in force, in the programme's zone.</param>
/// <param name="Hash">Hash of its rule set.</param>
/// <param name="Terms">The programme as this version has it.</param>
/// <param name="Assessment">Whom it touches, what may go wrong and what is done about it.</param>
/// <param name="Widens">Whether whoever consented to less is asked again from its first day on.</param>
/// <param name="Differences">What differs from the version before, in words; empty for the first.</param>
internal sealed record ProgrammeVersionResponse(
    int Number, DateOnly FirstDay, string Hash, Programme Terms, Assessment Assessment, bool Widens, ImmutableArray<string> Differences)
{
    /// <summary>A version without the rule set, which stands beside it.</summary>
    public static ProgrammeVersionResponse Of(ProgrammeVersion version) => new(
        version.RuleSet.Number, version.RuleSet.FirstDay, version.RuleSet.Hash, version.Terms, version.Assessment, version.Widens,
        version.Differences);
}
