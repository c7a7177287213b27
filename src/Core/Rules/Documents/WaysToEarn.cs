using System.Collections.Immutable;
using Scoring.Events;

namespace Scoring.Rules;

/// <summary>
/// At least two ways to earn of which neither needs the other: two rules that give points for different types of event; or for events of
/// one type when neither follows from the other and they either look at different attributes or never hold together.
/// </summary>
internal static class WaysToEarn
{
    /// <param name="set">A rule set whose rules were checked against their event types.</param>
    /// <param name="eventTypes">The event types.</param>
    /// <param name="problems">Those of its document.</param>
    public static void Check(RuleSet set, IEnumerable<EventType> eventTypes, Problems problems)
    {
        if (problems.Under("/rules")) return; // what is at fault was read as nothing, and earns nothing
        var types = eventTypes.ToDictionary(type => type.Name, StringComparer.Ordinal);
        var ways = set.Rules
            .Where(rule => types.ContainsKey(rule.EventType))
            .Select(rule => (Type: types[rule.EventType], Earns: Earns(rule)))
            .Where(way => way.Earns is not null && ConditionSatisfiability.CanHold(way.Earns, way.Type) == true)
            .ToArray();
        for (var one = 0; one < ways.Length; one++)
            for (var other = one + 1; other < ways.Length; other++)
                if (AreIndependent(ways[one].Type, ways[one].Earns!, ways[other].Type, ways[other].Earns!)) return;
        problems.Add("/rules", ProblemCode.TooFewWays, "At least two rules give points, and neither needs what the other rewards.");
    }

    /// <summary>When a rule gives points; <see langword="null"/> for never.</summary>
    private static Condition? Earns(Rule rule)
    {
        Condition? table = rule.Points switch
        {
            FixedPoints same => same.Value > 0 ? new AllOf([]) : null,
            PointsByValue byValue when byValue.Rows.Any(row => row.Points > 0) =>
                new OneOf(byValue.Attribute, [.. byValue.Rows.Where(row => row.Points > 0).Select(row => row.Value)]),
            _ => null,
        };
        return table is null || rule.When is null ? table : new AllOf([rule.When, table]);
    }

    private static bool AreIndependent(EventType oneType, Condition one, EventType otherType, Condition other)
    {
        if (oneType.Name != otherType.Name) return true;
        var areApart = !ConditionSatisfiability.AttributesOf(one).Overlaps(ConditionSatisfiability.AttributesOf(other))
            || ConditionSatisfiability.CanHold(new AllOf([one, other]), oneType) == false;
        return areApart && ConditionSatisfiability.CanHold(new AllOf([one, new Negated(other)]), oneType) == true
            && ConditionSatisfiability.CanHold(new AllOf([other, new Negated(one)]), oneType) == true;
    }
}
