using System.Collections.Immutable;

namespace Scoring.Rules;

/// <summary>Checks what a rule set takes back.</summary>
internal static class CorrectionCheck
{
    public static void Check(RuleSet set, ImmutableArray<RuleSet> earlier, Problems problems)
    {
        for (var index = 0; index < set.Corrections.Length; index++)
        {
            var (correction, pointer) = (set.Corrections[index], $"/corrections/{index}");
            if (correction.RuleSet == 0 || correction.Rule.Length == 0) continue;
            var corrected = earlier.FirstOrDefault(other => other.Number == correction.RuleSet);
            if (corrected is null)
                problems.Add($"{pointer}/ruleSet", ProblemCode.CorrectionUnknown, "A correction names an earlier rule set.");
            else if (corrected.Rules.All(rule => rule.Id != correction.Rule))
                problems.Add($"{pointer}/rule", ProblemCode.CorrectionUnknown, "The rule set has no such rule.");
            else if (earlier.Any(other => other.Corrections.Contains(correction)))
                problems.Add(pointer, ProblemCode.Duplicate, "An earlier rule set has taken this back already.");
        }
    }
}
