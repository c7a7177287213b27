using System.Collections.Immutable;
using Scoring.Events;

namespace Scoring.Rules;

/// <summary>
/// Checks that a rule set has two independent ways to earn points: two rules that give points for different event types; or for one event
/// type, when neither condition implies the other, and the conditions use different attributes or never hold together.
/// </summary>
internal static class WaysToEarn
{
    /// <summary>Checks a rule set; skips it when its rules have problems.</summary>
    /// <param name="set">A rule set whose rules were checked against their event types.</param>
    /// <param name="eventTypes">The event types.</param>
    /// <param name="problems">The problems of the rule set's document.</param>
    public static void Check(RuleSet set, IEnumerable<EventType> eventTypes, Problems problems)
    {
        if (problems.AnyUnder("/rules")) return; // A faulty rule is empty and would earn nothing.
        var types = eventTypes.ToDictionary(type => type.Name, StringComparer.Ordinal);
        var ways = set.Rules
            .Where(rule => types.ContainsKey(rule.EventType))
            .Select(rule => (Type: types[rule.EventType], Condition: EarningCondition(rule)))
            .Where(way => way.Condition is not null && ConditionSatisfiability.CanHold(way.Condition, way.Type) == true)
            .ToArray();
        for (var one = 0; one < ways.Length; one++)
            for (var other = one + 1; other < ways.Length; other++)
                if (AreIndependent(ways[one].Type, ways[one].Condition!, ways[other].Type, ways[other].Condition!)) return;
        problems.Add(
            "/rules", ProblemCode.TooFewWays, "At least two rules must give points, and neither may depend on what the other rewards.");
    }

    /// <summary>The condition under which a rule gives positive points; <see langword="null"/> when it never does.</summary>
    private static Condition? EarningCondition(Rule rule)
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
        var areSeparate = !ConditionSatisfiability.AttributesOf(one).Overlaps(ConditionSatisfiability.AttributesOf(other))
            || ConditionSatisfiability.CanHold(new AllOf([one, other]), oneType) == false;
        return areSeparate && ConditionSatisfiability.CanHold(new AllOf([one, new Negated(other)]), oneType) == true
            && ConditionSatisfiability.CanHold(new AllOf([other, new Negated(one)]), oneType) == true;
    }
}
