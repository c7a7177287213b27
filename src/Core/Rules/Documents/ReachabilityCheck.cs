using Scoring.Events;

namespace Scoring.Rules;

/// <summary>
/// Checks that a rule can ever count: its condition, each part of it by itself, and each row of its table together with the condition.
/// Only for rules whose attributes were found right.
/// </summary>
internal static class ReachabilityCheck
{
    public static void Check(Rule rule, EventType type, string pointer, Problems problems)
    {
        if (rule.When is not null && !CanHold(rule.When, type, $"{pointer}/when", problems)) return;
        if (rule.Points is not PointsByValue table) return;
        foreach (var row in table.Rows)
        {
            var value = new OneOf(table.Attribute, [row.Value]);
            if (ConditionSatisfiability.CanHold(rule.When is null ? value : new AllOf([rule.When, value]), type) == false)
                problems.Add(
                    $"{pointer}/points/rows/{row.Value}", ProblemCode.NeverHolds, "No event that meets the condition has this value.");
        }
    }

    /// <summary>Names the outermost parts that no event meets. Returns whether the whole can hold.</summary>
    private static bool CanHold(Condition condition, EventType type, string pointer, Problems problems)
    {
        switch (ConditionSatisfiability.CanHold(condition, type))
        {
            case null:
                problems.Add(
                    pointer, ProblemCode.ConditionTooLarge,
                    $"At most {ConditionSatisfiability.PartsMax} parts, and {ConditionSatisfiability.StepsMax} combinations of values times parts.");
                return false;
            case false:
                problems.Add(pointer, ProblemCode.NeverHolds, "No event of this type ever meets this.");
                return false;
        }
        var parts = condition switch
        {
            AllOf all => all.Parts.Select((part, index) => (part, $"{pointer}/all/{index}")),
            AnyOf any => any.Parts.Select((part, index) => (part, $"{pointer}/any/{index}")),
            Negated not => [(not.Part, $"{pointer}/not")],
            _ => [],
        };
        foreach (var (part, place) in parts) CanHold(part, type, place, problems);
        return true;
    }
}
