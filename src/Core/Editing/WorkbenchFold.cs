using System.Collections.Immutable;
using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.Editing;

/// <summary>Scores a made-up history by the fold that scores subjects. Pure functions.</summary>
public static class WorkbenchFold
{
    /// <summary>The score of each day, and what each event and each rule gives.</summary>
    /// <param name="rules">The rules of the draft.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="events">The events in any order.</param>
    public static WorkbenchAnswer Of(ProgrammeRules rules, DateOnly from, DateOnly to, ImmutableArray<MadeUpEvent> events)
    {
        var state = new FoldState();
        var points = ImmutableArray.CreateBuilder<WorkbenchEvent>(events.Length);
        foreach (var (index, made) in events.Index())
        {
            state.Apply(new Entry(0, index + 1, new SubjectId(0), index + 1, EntryKind.Event, made.Day, made.Body), rules);
            points.Add(PointsOf(made, rules));
        }
        var days = ImmutableArray.CreateBuilder<WorkbenchDay>();
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            var (score, tier) = state.ScoreOn(day, rules);
            days.Add(new WorkbenchDay(day, score, tier));
            if (day == DateOnly.MaxValue) break;
        }
        return new WorkbenchAnswer(
            rules.Programme.Floor, rules.Programme.Ceiling, days.ToImmutable(), points.ToImmutable(), RulesOn(to, state, rules, points));
    }

    private static WorkbenchEvent PointsOf(MadeUpEvent made, ProgrammeRules rules)
    {
        Span<RulePoints> points = stackalloc RulePoints[ProgrammeRules.RulesPerSetMax];
        var count = 0;
        if ((EntryBodyReader.Read(made.Body, out var body) ?? rules.Value(body, made.Day.DayNumber, points, out count)) is not null)
            return new WorkbenchEvent(false, []);
        var given = ImmutableArray.CreateBuilder<WorkbenchPoints>(count);
        foreach (var (rule, value) in points[..count]) given.Add(new WorkbenchPoints(rules.RuleNames[rule], value));
        return new WorkbenchEvent(true, given.MoveToImmutable());
    }

    private static ImmutableArray<WorkbenchRule> RulesOn(
        DateOnly day, FoldState state, ProgrammeRules rules, IEnumerable<WorkbenchEvent> events)
    {
        var worth = ExplainedLines.Of(state, rules, day).Rules.ToDictionary(rule => rule.Rule, rule => rule.Worth, StringComparer.Ordinal);
        return
        [
            .. events.SelectMany(made => made.Points).GroupBy(given => given.Rule, StringComparer.Ordinal)
                .OrderBy(rule => rule.Key, StringComparer.Ordinal)
                .Select(rule => new WorkbenchRule(rule.Key, rule.Sum(given => given.Points), worth.GetValueOrDefault(rule.Key))),
        ];
    }
}
