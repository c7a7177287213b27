using Scoring.Rules;

namespace Scoring.Scores;

/// <content>The score of what is folded.</content>
public sealed partial class FoldState
{
    /// <summary>The score and its tier on a day.</summary>
    /// <param name="askingDay">The asking day, in the programme's zone.</param>
    /// <param name="rules">The rules that the fold was made with.</param>
    public ScoreValue ScoreOn(DateOnly askingDay, ProgrammeRules rules)
    {
        var score = Score(askingDay.DayNumber, rules);
        return new ScoreValue(score, TierOf(score, rules.InForce(askingDay)).Name);
    }

    /// <summary>The tier of a score in a rule set.</summary>
    internal static Tier TierOf(long score, RuleSet set)
    {
        var tier = set.Tiers[0];
        foreach (var next in set.Tiers)
            if (next.From <= score) tier = next;
        return tier;
    }

    /// <summary>
    /// The score on a day: the floor, plus each rule's worth, bounded by floor and ceiling. A rule's worth is the sum over the days of its
    /// window of clamp(points, ±cap per day) × factor, rounded down from units of 2^-32 and bounded by ±cap per window.
    /// </summary>
    /// <remarks>
    /// No sum overflows. A day's points are bounded by 1,000,000 (under 2^20) and a factor is at most 2^32, so a day's worth is under 2^52
    /// and that of 730 days under 2^62, in 128 bits. At most 1024 rules are bounded by 1,000,000 each, together under 2^30.
    /// </remarks>
    internal long Score(int askingDay, ProgrammeRules rules)
    {
        Span<Int128> sums = stackalloc Int128[rules.RuleNames.Length];
        sums.Clear();
        var askingSet = rules.SetIndex(askingDay);
        for (var index = _cells.From(askingDay - rules.LongestWindowDays + 1); index < _cells.Count; index++)
        {
            var day = _cells.Day(index);
            if (day > askingDay) break;
            var rule = _cells.Rule(index);
            var daySet = rules.SetIndex(day);
            if (rules.Terms(daySet, rule) is not { } terms || askingDay - day >= terms.WindowDays) continue;
            if (rules.IsTakenBack(daySet, rule, askingSet)) continue;
            var points = _cells.Points(index) - (_amendments?.ExcludedPoints(day, rule, askingDay) ?? 0);
            sums[rule] += Math.Clamp(points, -terms.CapPerDay, terms.CapPerDay) * terms.Factors[askingDay - day];
        }
        var caps = rules.CapsPerWindow(askingSet);
        var score = rules.Programme.Floor;
        for (var rule = 0; rule < sums.Length; rule++)
            score += Math.Clamp((long)(sums[rule] >> 32), -caps[rule], caps[rule]);
        return Math.Clamp(score, rules.Programme.Floor, rules.Programme.Ceiling);
    }
}
