using Scoring.Rules;

namespace Scoring.Scores;

/// <content>What explanations read from the fold.</content>
public sealed partial class FoldState
{
    /// <summary>The contests that no rejection in time has closed.</summary>
    internal IReadOnlyList<Contest> Contests => _amendments?.Contests ?? [];

    /// <summary>Whether an event is corrected.</summary>
    internal bool IsCorrected(long turn) => _amendments?.IsCorrected(turn) == true;

    /// <summary>The points of each rule and day inside the rule's window on the asking day, without those that contests exclude.</summary>
    internal IEnumerable<DayLine> DayLines(ProgrammeRules rules, DateOnly askingDay)
    {
        var asked = askingDay.DayNumber;
        for (var index = _cells.From(asked - rules.LongestWindowDays + 1); index < _cells.Count; index++)
        {
            var day = _cells.Day(index);
            var rule = _cells.Rule(index);
            var age = asked - day;
            if (age < 0) yield break;
            if (rules.Terms(rules.SetIndex(day), rule) is not { } terms || age >= terms.WindowDays) continue;
            yield return new DayLine(rule, age, _cells.Points(index) - (_amendments?.ExcludedPoints(day, rule, asked) ?? 0), []);
        }
    }
}
