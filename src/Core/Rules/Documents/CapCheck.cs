using System.Collections.Immutable;

namespace Scoring.Rules;

/// <summary>
/// Checks that a rule's caps say something. <c>capPerWindow</c> never binds when it is greater than the most that all days of the window
/// together can ever be worth, each at its <c>capPerDay</c> and faded by its age; days of earlier versions count in, because the cap of the
/// asking day bounds them too. Equal to that most it is the way to say that days alone bound the rule. <c>capPerDay</c> never binds when
/// the rule gives no points at all; otherwise enough events on one day reach it, however great it is.
/// </summary>
/// <remarks>
/// No sum can overflow, so none is refused: a day is bound to 10^6 (under 2^20), a factor is at most 2^32, so a day's worth is under 2^52
/// and 730 of them under 2^62; a rule is bound to 10^6, so the 1024 of a programme are under 2^30 together. Before its bound a day's sum
/// overflows 63 bits only with more than 9·10^13 events of one subject on one day, at 10^5 points each.
/// </remarks>
internal static class CapCheck
{
    public static void Check(Rule rule, ImmutableArray<Rule> earlier, string pointer, Problems problems)
    {
        if (!Gives(rule.Points, _ => true))
        {
            problems.Add($"{pointer}/capPerDay", ProblemCode.CapNeverBinds, "The rule gives no points, so there is nothing to bound.");
            return;
        }
        var most = MostOfWindow([rule, .. earlier]);
        if (rule.CapPerWindow > most)
            problems.Add(
                $"{pointer}/capPerWindow", ProblemCode.CapNeverBinds,
                $"All days of the window together are worth {most} at most: no cap above that is ever reached.");
    }

    /// <summary>The most that a rule is ever worth: every day of its window at its cap.</summary>
    public static long AtMost(Rule rule) =>
        Gives(rule.Points, points => points > 0) ? Math.Min(MostOfWindow([rule]), rule.CapPerWindow) : 0;

    private static long MostOfWindow(ImmutableArray<Rule> versions)
    {
        var sum = Int128.Zero;
        for (var age = 0; age < versions.Max(version => version.WindowDays); age++)
            sum += versions.Where(version => age < version.WindowDays)
                .Max(version => version.CapPerDay * FactorTable.Of(version.HalfLifeDays)[age]);
        return (long)(sum >> 32);
    }

    private static bool Gives(Points points, Func<long, bool> test) => points switch
    {
        FixedPoints same => same.Value != 0 && test(same.Value),
        PointsByValue byValue => byValue.Rows.Any(row => row.Points != 0 && test(row.Points)),
        _ => false,
    };
}
