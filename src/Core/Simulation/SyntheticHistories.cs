using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.Simulation;

/// <summary>
/// Ten histories that nobody had, made of the events that the rules are about and worked under both sides. They follow from the rules and
/// the day alone.
/// </summary>
internal static class SyntheticHistories
{
    /// <summary>How often something happens, and when.</summary>
    private static readonly ImmutableArray<Pattern> Patterns =
    [
        new("once, today", [0], []),
        new("once, two months ago", [60], []),
        new("every week for half a year", Every(7, 26), []),
        new("every day for the last month", Every(1, 30), []),
        new("three times today", [0, 0, 0], []),
        new("every week for half a year, and in each of the last three months", Every(7, 26), [15, 45, 75]),
        new("once a month for a year", Every(30, 12), []),
        new("every day for a month, half a year ago", Every(1, 30, 180), []),
        new("once, a year ago, and yesterday", [365], [1]),
    ];

    public static ImmutableArray<WorkedExample> Work(SimulatedRules rules, DateOnly day)
    {
        var events = SyntheticEvents.Of(rules, day);
        var nothing = Worked("Joined a month ago; nothing has happened since.", [], rules, day);
        if (events.IsEmpty) return [nothing];
        return [nothing, .. Patterns.Select((pattern, number) => Worked(pattern, number, events, rules, day))];
    }

    private static WorkedExample Worked(
        Pattern pattern, int number, ImmutableArray<SyntheticEvent> events, SimulatedRules rules, DateOnly day)
    {
        var first = events[number % events.Length];
        var second = events[(number + 1) % events.Length];
        var history = pattern.DaysAgo.Select(ago => (Ago: ago, Event: first))
            .Concat(pattern.OthersDaysAgo.Select(ago => (Ago: ago, Event: second)))
            .OrderByDescending(happened => happened.Ago);
        var story = pattern.OthersDaysAgo.Length == 0
            ? $"{first.Words}: {pattern.Words}."
            : $"{first.Words}: {pattern.Words} {second.Words}.";
        return Worked(story, [.. history.Select(happened => (day.AddDays(-happened.Ago), happened.Event.Body))], rules, day);
    }

    private static WorkedExample Worked(
        string story, ImmutableArray<(DateOnly Day, byte[] Body)> history, SimulatedRules rules, DateOnly day)
    {
        var (now, then) = (new FoldState(), new FoldState());
        for (var turn = 1; turn <= history.Length; turn++)
        {
            var (when, body) = history[turn - 1];
            var entry = new Entry(0, turn, new SubjectId(0), turn, EntryKind.Event, when, body);
            now.Apply(entry, rules.Now);
            then.Apply(entry, rules.Then);
        }
        return new WorkedExample(story, now.ScoreOn(day, rules.Now).Score, then.ScoreOn(day, rules.Then).Score);
    }

    private static ImmutableArray<int> Every(int days, int times, int from = 0) =>
        [.. Enumerable.Range(0, times).Select(time => from + time * days)];

    /// <param name="Words">In plain words.</param>
    /// <param name="DaysAgo">When the first of two kinds of event happens.</param>
    /// <param name="OthersDaysAgo">When the second does; its own words follow the pattern's.</param>
    private sealed record Pattern(string Words, ImmutableArray<int> DaysAgo, ImmutableArray<int> OthersDaysAgo);
}
