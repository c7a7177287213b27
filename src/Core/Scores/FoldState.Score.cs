using Scoring.Rules;

namespace Scoring.Scores;

public sealed partial class FoldState
{
    /// <summary>The score of what is folded, on a day.</summary>
    /// <param name="day">The asking day, in the programme's zone.</param>
    /// <param name="rules">The book that the fold was made with.</param>
    public ScoreValue ScoreOn(DateOnly day, ProgrammeRules rules)
    {
        var score = Score(day.DayNumber, rules);
        return new ScoreValue(score, TierOf(score, rules.InForce(day)).Name);
    }

    /// <summary>The tier that a score falls into.</summary>
    internal static Tier TierOf(long score, RuleSet set)
    {
        var tier = set.Tiers[0];
        foreach (var next in set.Tiers)
            if (next.From <= score) tier = next;
        return tier;
    }

    /// <summary>
    /// No sum here can overflow: a day's points are bound to 1,000,000 (under 2^20), a factor is at most 2^32, so a day's worth is under
    /// 2^52 and 730 of them under 2^62, in 128 bits; and at most 1024 rules are bound to 1,000,000 each (under 2^30 together).
    /// </summary>
    internal long Score(int asked, ProgrammeRules rules)
    {
        Span<Int128> sums = stackalloc Int128[rules.RuleNames.Length];
        sums.Clear();
        var askedSet = rules.SetIndex(asked);
        for (var index = cells.From(asked - rules.LongestWindowDays + 1); index < cells.Count; index++)
        {
            var (day, rule) = (cells.Day(index), cells.Rule(index));
            if (day > asked) break;
            var set = rules.SetIndex(day);
            if (rules.Terms(set, rule) is not { } terms || asked - day >= terms.WindowDays) continue;
            if (rules.IsTakenBack(set, rule, askedSet)) continue;
            var points = cells.Points(index) - (amendments?.LeftOut(day, rule, asked) ?? 0);
            sums[rule] += Math.Clamp(points, -terms.CapPerDay, terms.CapPerDay) * terms.Factors[asked - day];
        }
        var caps = rules.CapsPerWindow(askedSet);
        var total = rules.Programme.Floor;
        for (var rule = 0; rule < sums.Length; rule++)
            total += Math.Clamp((long)(sums[rule] >> 32), -caps[rule], caps[rule]);
        return Math.Clamp(total, rules.Programme.Floor, rules.Programme.Ceiling);
    }
}
