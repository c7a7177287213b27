using System.Collections.Immutable;

namespace Scoring.Rules;

/// <summary>Checks the corrections of a rule set: each takes back one rule of an earlier rule set, once.</summary>
internal static class CorrectionCheck
{
    /// <summary>Checks the corrections that were read without faults.</summary>
    public static void Check(RuleSet set, ImmutableArray<RuleSet> earlier, Problems problems)
    {
        for (var index = 0; index < set.Corrections.Length; index++)
        {
            var correction = set.Corrections[index];
            var pointer = $"/corrections/{index}";
            if (correction.RuleSet == 0 || correction.Rule.Length == 0) continue;
            var corrected = earlier.FirstOrDefault(other => other.Number == correction.RuleSet);
            if (corrected is null)
                problems.Add($"{pointer}/ruleSet", ProblemCode.CorrectionUnknown, "There is no earlier rule set of this number.");
            else if (corrected.Rules.All(rule => rule.Id != correction.Rule))
                problems.Add($"{pointer}/rule", ProblemCode.CorrectionUnknown, "The rule set does not have this rule.");
            else if (earlier.Any(other => other.Corrections.Contains(correction)))
                problems.Add(pointer, ProblemCode.Duplicate, "An earlier rule set already makes this correction.");
        }
    }
}
