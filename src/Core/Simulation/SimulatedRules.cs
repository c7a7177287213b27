using System.Collections.Immutable;
using Scoring.Events;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Simulation;

/// <summary>
/// The two sides of a simulation. Now: the rule set in force on a day values the day, as in real scores. Then: the version's rule set
/// values every day, as if it had always been in force, with the same asking day. The difference is that of the rules after the windows of
/// the earlier rules have passed. On the version's first day itself, scores stay the same, because rules never apply to earlier days.
/// Corrections of earlier rule sets have no effect on the Then side: those rule sets value no day there.
/// </summary>
/// <param name="Now">The rules of the published programme.</param>
/// <param name="Then">The rules of the programme with the version only.</param>
/// <param name="EventTypes">The registered event types.</param>
public sealed record SimulatedRules(ProgrammeRules Now, ProgrammeRules Then, ImmutableArray<EventType> EventTypes)
{
    /// <summary>The sides for a version that is not in force.</summary>
    /// <param name="published">Everything that is published, including the programme.</param>
    /// <param name="version">A draft, or a published version whose first day is in the future.</param>
    /// <exception cref="ArgumentException">The programme is not published.</exception>
    public static SimulatedRules Of(DocumentSet published, ProgrammeVersion version)
    {
        var now = published.Compile().Find(version.Terms.Id)
            ?? throw new ArgumentException("The programme is not published.", nameof(published));
        var alone = version with { RuleSet = version.RuleSet with { Number = 1, Corrections = [] } };
        var then = RuleBook.Compile([alone], published.EventTypes).Find(version.Terms.Id)!;
        return new SimulatedRules(now, then, published.EventTypes);
    }
}
