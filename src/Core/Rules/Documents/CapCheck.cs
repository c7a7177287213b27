using System.Collections.Immutable;

namespace Scoring.Rules;

/// <summary>
/// Checks that a rule's caps can bind. <c>capPerWindow</c> never binds when it is above the greatest worth of all days of the window
/// together, each at its <c>capPerDay</c> and faded by its age. Days of earlier versions are included, because the cap of the asking day
/// bounds them too. An author who wants only days to bound the rule sets the cap to exactly that worth. <c>capPerDay</c> never binds when
/// the rule gives no points; otherwise enough events on one day reach it.
/// </summary>
/// <remarks>
/// No sum can overflow, so this check refuses none. A day is bounded by 10^6 (under 2^20) and a factor is at most 2^32, so a day's worth is
/// under 2^52 and that of 730 days under 2^62. A rule is bounded by 10^6, so the 1024 rules of a programme are under 2^30 together. Before
/// its cap, a day's sum overflows 63 bits only with more than 9·10^13 events of one subject on one day, at 10^5 points each.
/// </remarks>
internal static class CapCheck
{
    /// <summary>Checks the caps of a rule that was read without faults.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="earlier">The rule of the same name in earlier rule sets.</param>
    /// <param name="pointer">The rule's pointer.</param>
    /// <param name="problems">The problems of the rule set's document.</param>
    public static void Check(Rule rule, ImmutableArray<Rule> earlier, string pointer, Problems problems)
    {
        if (!Gives(rule.Points, _ => true))
        {
            problems.Add($"{pointer}/capPerDay", ProblemCode.CapNeverBinds, "The rule gives no points, so the cap bounds nothing.");
            return;
        }
        var greatest = GreatestWorth([rule, .. earlier]);
        if (rule.CapPerWindow > greatest)
            problems.Add(
                $"{pointer}/capPerWindow", ProblemCode.CapNeverBinds,
                $"All days of the window together are worth at most {greatest}. No history reaches a higher cap.");
    }

    /// <summary>The greatest worth of a rule: every day of its window at its cap, at most the cap of the window.</summary>
    public static long WorthMax(Rule rule) =>
        Gives(rule.Points, points => points > 0) ? Math.Min(GreatestWorth([rule]), rule.CapPerWindow) : 0;

    private static long GreatestWorth(ImmutableArray<Rule> versions)
    {
        var worths = new long[versions.Max(version => version.WindowDays)];
        foreach (var version in versions)
        {
            var factors = FactorTable.Of(version.HalfLifeDays);
            for (var age = 0; age < version.WindowDays; age++) worths[age] = Math.Max(worths[age], version.CapPerDay * factors[age]);
        }
        var sum = Int128.Zero;
        foreach (var worth in worths) sum += worth;
        return (long)(sum >> 32);
    }

    /// <summary>Whether any points other than 0 meet a condition.</summary>
    private static bool Gives(Points points, Func<long, bool> condition) => points switch
    {
        FixedPoints same => same.Value != 0 && condition(same.Value),
        PointsByValue byValue => byValue.Rows.Any(row => row.Points != 0 && condition(row.Points)),
        _ => false,
    };
}
