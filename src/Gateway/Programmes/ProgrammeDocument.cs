using System.Collections.Immutable;
using Scoring.Events;
using Scoring.Rules;

namespace Scoring.Programmes;

/// <summary>Everything public about one programme: what is scored, by which rules, for whom.</summary>
/// <param name="Programme">Its purpose, context, bounds and effects.</param>
/// <param name="Today">The current day in its zone.</param>
/// <param name="Suspended">Whether it is suspended: every answer neutral, no event taken.</param>
/// <param name="RuleSetInForce">Number of the rule set in force today.</param>
/// <param name="RuleSetHash">Hash of that rule set; whoever enrols echoes it.</param>
/// <param name="RuleSets">Its published rule sets in full, in ascending numbers and first days.</param>
/// <param name="EventTypes">The types of event it takes.</param>
/// <param name="Services">Who may ask for a score when a participant grants it.</param>
internal sealed record ProgrammeDocument(
    Programme Programme, DateOnly Today, bool Suspended, int RuleSetInForce, string RuleSetHash, ImmutableArray<RuleSet> RuleSets,
    ImmutableArray<EventType> EventTypes, ImmutableArray<Service> Services)
{
    /// <summary>Gathers it from the catalogue.</summary>
    public static ProgrammeDocument Of(PublishedProgramme published, Catalogue catalogue)
    {
        var inForce = published.InForce(published.Today);
        return new(
            published.Programme, published.Today, published.Suspended, inForce.Number, inForce.Hash, published.RuleSets,
            [.. catalogue.EventTypes.Where(type => published.Programme.EventTypes.Contains(type.Name))],
            [.. catalogue.Services.Where(service => service.Programme == published.Programme.Id)]);
    }
}
