using Scoring.Events;

namespace Scoring.Rules;

/// <summary>
/// Checks that some event can meet a rule's condition, each part of the condition alone, and each row of the rule's table together with
/// the condition. Only for rules whose attributes have no problems.
/// </summary>
internal static class ReachabilityCheck
{
    /// <summary>Checks one rule.</summary>
    public static void Check(Rule rule, EventType type, string pointer, Problems problems)
    {
        if (rule.When is not null && !CheckCanHold(rule.When, type, $"{pointer}/when", problems)) return;
        if (rule.Points is not PointsByValue table) return;
        foreach (var row in table.Rows)
        {
            var value = new OneOf(table.Attribute, [row.Value]);
            if (ConditionSatisfiability.CanHold(rule.When is null ? value : new AllOf([rule.When, value]), type) == false)
                problems.Add(
                    $"{pointer}/points/rows/{row.Value}", ProblemCode.NeverHolds,
                    "No event that meets the rule's condition has this value.");
        }
    }

    /// <summary>Reports the outermost parts that no event meets. Returns whether an event meets the whole condition.</summary>
    private static bool CheckCanHold(Condition condition, EventType type, string pointer, Problems problems)
    {
        switch (ConditionSatisfiability.CanHold(condition, type))
        {
            case null:
                problems.Add(
                    pointer, ProblemCode.ConditionTooLarge,
                    $"A condition has at most {ConditionSatisfiability.PartsMax} parts, and at most "
                    + $"{ConditionSatisfiability.StepsMax} combinations of values times parts.");
                return false;
            case false:
                problems.Add(pointer, ProblemCode.NeverHolds, "No event of this type can meet this condition.");
                return false;
        }
        var parts = condition switch
        {
            AllOf all => all.Parts.Select((part, index) => (part, $"{pointer}/all/{index}")),
            AnyOf any => any.Parts.Select((part, index) => (part, $"{pointer}/any/{index}")),
            Negated not => [(not.Part, $"{pointer}/not")],
            _ => [],
        };
        foreach (var (part, partPointer) in parts) CheckCanHold(part, type, partPointer, problems);
        return true;
    }
}
