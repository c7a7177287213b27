using System.Collections.Immutable;
using Scoring.Events;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Simulation;

/// <summary>
/// The two sides of a simulation. Now: every day is valued by the rule set in force on it, as scores really are. Then: the version's
/// rule set values every day, as if it had always been in force, and the score is asked on the same day. So the difference is that of
/// the rules, once the windows of the earlier ones have passed; on the version's first day itself scores are the same as the day before,
/// because rules never reach back. Corrections of earlier rule sets play no part in it: no day is left that those value.
/// </summary>
/// <param name="Now">The programme as published.</param>
/// <param name="Then">The programme under the version alone.</param>
/// <param name="EventTypes">The registered event types.</param>
public sealed record SimulatedRules(ProgrammeRules Now, ProgrammeRules Then, ImmutableArray<EventType> EventTypes)
{
    /// <summary>The sides for a version that is not in force.</summary>
    /// <param name="published">Everything published, with the programme in it.</param>
    /// <param name="version">A draft, or a published version whose day has not come.</param>
    public static SimulatedRules Of(DocumentSet published, ProgrammeVersion version)
    {
        var now = published.Compile().Find(version.Terms.Id)
            ?? throw new ArgumentException("The programme is not published.", nameof(published));
        var alone = version with { RuleSet = version.RuleSet with { Number = 1, Corrections = [] } };
        var then = RuleBook.Compile([alone], published.EventTypes).Find(version.Terms.Id)!;
        return new SimulatedRules(now, then, published.EventTypes);
    }
}
