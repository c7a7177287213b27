using Scoring.Rules;

namespace Scoring.Scores;

public sealed partial class FoldState
{
    /// <summary>Contests that no rejection in time has closed.</summary>
    internal IReadOnlyList<Contest> Contests => amendments?.Contests ?? [];

    /// <summary>Whether an event was taken away for good.</summary>
    internal bool IsCorrected(long turn) => amendments?.Corrections.Any(correction => correction.Turn == turn) == true;

    /// <summary>What each day inside its rule's window holds on the asking day.</summary>
    internal IEnumerable<DayLine> DaysInside(ProgrammeRules rules, DateOnly asked)
    {
        for (var index = cells.From(asked.DayNumber - rules.LongestWindowDays + 1); index < cells.Count; index++)
        {
            var (day, rule) = (cells.Day(index), cells.Rule(index));
            var age = asked.DayNumber - day;
            if (age < 0) yield break;
            if (rules.Terms(rules.SetIndex(day), rule) is not { } terms || age >= terms.WindowDays) continue;
            yield return new DayLine(rule, age, cells.Points(index) - (amendments?.LeftOut(day, rule, asked.DayNumber) ?? 0), []);
        }
    }
}
