using System.Collections.Immutable;
using Scoring.Events;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>Checks one rule set against its programme and the event types.</summary>
internal static class RuleSetCheck
{
    /// <summary>Checks a rule set. Faulty parts are empty and are skipped.</summary>
    /// <param name="set">The rule set.</param>
    /// <param name="programme">The terms of the same version.</param>
    /// <param name="earlier">The earlier rule sets in ascending numbers.</param>
    /// <param name="types">The event types by name.</param>
    /// <param name="problems">The problems of the rule set's document.</param>
    public static void Check(
        RuleSet set, Programme programme, ImmutableArray<RuleSet> earlier, IReadOnlyDictionary<string, EventType> types, Problems problems)
    {
        for (var index = 0; index < set.Rules.Length; index++)
        {
            var rule = set.Rules[index];
            var pointer = $"/rules/{index}";
            CheckRule(rule, pointer, programme, types, problems);
            if (problems.AnyUnder(pointer) || !types.TryGetValue(rule.EventType, out var type)) continue;
            ReachabilityCheck.Check(rule, type, pointer, problems);
            CapCheck.Check(rule, [.. earlier.SelectMany(other => other.Rules).Where(other => other.Id == rule.Id)], pointer, problems);
        }
        CheckTiers(set, programme, problems);
        CheckFactorTables(set, problems);
    }

    private static void CheckRule(
        Rule rule, string pointer, Programme programme, IReadOnlyDictionary<string, EventType> types, Problems problems)
    {
        if (programme.RetentionDays > 0 && rule.WindowDays > programme.RetentionDays)
            problems.Add($"{pointer}/windowDays", ProblemCode.WindowPastRetention, "The window is longer than entries are kept.");
        if (rule.EventType.Length == 0) return;
        if (!programme.EventTypes.Contains(rule.EventType))
            problems.Add($"{pointer}/eventType", ProblemCode.EventTypeNotTaken, "The programme does not take this event type.");
        if (!types.TryGetValue(rule.EventType, out var type)) return;
        var check = new AttributeCheck(type, problems);
        if (rule.When is not null) check.CheckCondition(rule.When, $"{pointer}/when");
        if (rule.Points is PointsByValue byValue) check.CheckTable(byValue, $"{pointer}/points");
    }

    private static void CheckTiers(RuleSet set, Programme programme, Problems problems)
    {
        for (var index = 0; index < set.Tiers.Length; index++)
        {
            var tier = set.Tiers[index];
            var pointer = $"/tiers/{index}";
            if (tier.Name.Length > 0 && tier.Name == Tiers.Baseline != (index == 0))
                problems.Add($"{pointer}/name", ProblemCode.BaselineNotFirst, "The first tier is baseline, and no other tier is.");
            if (tier.From < 0) continue;
            if (index == 0 && programme.Floor >= 0 && tier.From != programme.Floor)
                problems.Add($"{pointer}/from", ProblemCode.BaselineNotFloor, "The first tier starts at the programme's floor.");
            if (index > 0 && set.Tiers[index - 1].From >= tier.From)
                problems.Add($"{pointer}/from", ProblemCode.TiersNotRising, "The tier does not start above the one before it.");
            if (programme.Ceiling >= 0 && tier.From > programme.Ceiling)
                problems.Add($"{pointer}/from", ProblemCode.OutOfRange, "The tier starts above the ceiling.");
        }
        if (problems.All.Count > 0 || programme.Floor < 0) return; // A faulty rule is empty and would give no points.
        if (programme.Floor + set.Rules.Sum(CapCheck.WorthMax) < set.Tiers[1].From)
            problems.Add("/tiers/1/from", ProblemCode.NothingReachable, "The rules together cannot give enough points for this tier.");
    }

    /// <summary>Checks that the author's tables of factors are those of this build.</summary>
    private static void CheckFactorTables(RuleSet set, Problems problems)
    {
        if (set.FactorTables.IsEmpty) return;
        foreach (var table in set.FactorTables)
            if (table.Hash.Length > 0 && table.Hash != FactorTable.HashOf(table.HalfLifeDays))
                problems.Add(
                    $"/factorTables/{table.HalfLifeDays}", ProblemCode.FactorTableMismatch,
                    "This build has a different table for this half-life.");
        foreach (var days in set.Rules.Select(rule => rule.HalfLifeDays).Distinct().Order())
            if (set.FactorTables.All(table => table.HalfLifeDays != days))
                problems.Add($"/factorTables/{days}", ProblemCode.MemberMissing, "The table of a half-life that a rule uses is missing.");
    }

    /// <summary>Checks the attributes and values that rules use of one event type.</summary>
    private sealed class AttributeCheck(EventType type, Problems problems)
    {
        public void CheckCondition(Condition condition, string pointer)
        {
            switch (condition)
            {
                case AllOf all:
                    CheckParts(all.Parts, $"{pointer}/all");
                    break;
                case AnyOf any:
                    CheckParts(any.Parts, $"{pointer}/any");
                    break;
                case Negated not:
                    CheckCondition(not.Part, $"{pointer}/not");
                    break;
                case IntegerIs integer:
                    if (Find(integer.Attribute, $"{pointer}/attribute", isInteger: true) is { } attributeOfInteger
                        && (integer.Value < attributeOfInteger.Min || integer.Value > attributeOfInteger.Max))
                        problems.Add(
                            $"{pointer}/{EnumNames.Comparisons.Of(integer.Operator)}", ProblemCode.OutOfRange,
                            $"The attribute has values from {attributeOfInteger.Min} to {attributeOfInteger.Max}, both inclusive.");
                    break;
                case OneOf code:
                    var attribute = Find(code.Attribute, $"{pointer}/attribute", isInteger: false);
                    for (var index = 0; index < code.Values.Length; index++)
                        CheckValue(attribute, code.Values[index], $"{pointer}/oneOf/{index}");
                    break;
            }
        }

        public void CheckTable(PointsByValue table, string pointer)
        {
            var attribute = Find(table.Attribute, $"{pointer}/by", isInteger: false);
            foreach (var row in table.Rows) CheckValue(attribute, row.Value, $"{pointer}/rows/{row.Value}");
        }

        private void CheckParts(ImmutableArray<Condition> parts, string pointer)
        {
            for (var index = 0; index < parts.Length; index++) CheckCondition(parts[index], $"{pointer}/{index}");
        }

        private AttributeDefinition? Find(string name, string pointer, bool isInteger)
        {
            if (name.Length == 0) return null;
            var attribute = type.Attributes.FirstOrDefault(other => other.Name == name);
            if (attribute is null) problems.Add(pointer, ProblemCode.AttributeUnknown, "The event type does not have this attribute.");
            else if (attribute.Kind == 0) return null;
            else if (attribute.Kind == AttributeKind.Integer != isInteger)
                problems.Add(pointer, ProblemCode.AttributeKindWrong,
                    isInteger
                        ? "An attribute of kind integer is expected here."
                        : "An attribute of kind code or boolean is expected here.");
            else return attribute;
            return null;
        }

        private void CheckValue(AttributeDefinition? attribute, string value, string pointer)
        {
            if (attribute is not null && value.Length > 0 && CompiledCondition.ValueOf(attribute, value) < 0)
                problems.Add(pointer, ProblemCode.ValueUnknown, "The attribute never takes this value.");
        }
    }
}
