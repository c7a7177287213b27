using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Ledger;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.Simulation;

/// <summary>
/// Makes ten synthetic histories of events that the rules value, and scores them under both sides. They depend on the rules and the day
/// only.
/// </summary>
internal static class SyntheticHistories
{
    private const string Nothing = "Joined a month ago; nothing has happened since.";

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

    /// <summary>The examples; one only when the rules value no event.</summary>
    /// <param name="rules">The two sides.</param>
    /// <param name="day">The asking day of all scores.</param>
    public static ImmutableArray<WorkedExample> Work(SimulatedRules rules, DateOnly day)
    {
        var events = SyntheticEvents.Of(rules, day);
        var withoutEvents = Example(Nothing, [], rules, day);
        if (events.IsEmpty) return [withoutEvents];
        return [withoutEvents, .. Patterns.Select((pattern, number) => Example(pattern, number, events, rules, day))];
    }

    private static WorkedExample Example(
        Pattern pattern, int number, ImmutableArray<SyntheticEvent> events, SimulatedRules rules, DateOnly day)
    {
        var first = events[number % events.Length];
        var second = events[(number + 1) % events.Length];
        var history = pattern.DaysAgo.Select(daysAgo => (DaysAgo: daysAgo, Event: first))
            .Concat(pattern.OthersDaysAgo.Select(daysAgo => (DaysAgo: daysAgo, Event: second)))
            .OrderByDescending(dated => dated.DaysAgo);
        var story = pattern.OthersDaysAgo.Length == 0
            ? $"{first.Words}: {pattern.Words}."
            : $"{first.Words}: {pattern.Words} {second.Words}.";
        return Example(story, [.. history.Select(dated => (day.AddDays(-dated.DaysAgo), dated.Event.Body))], rules, day);
    }

    private static WorkedExample Example(
        string story, ImmutableArray<(DateOnly Day, byte[] Body)> history, SimulatedRules rules, DateOnly day)
    {
        var now = new FoldState();
        var then = new FoldState();
        for (var turn = 1; turn <= history.Length; turn++)
        {
            var (eventDay, body) = history[turn - 1];
            var entry = new Entry(0, turn, new SubjectId(0), turn, EntryKind.Event, eventDay, body);
            now.Apply(entry, rules.Now);
            then.Apply(entry, rules.Then);
        }
        return new WorkedExample(story, now.ScoreOn(day, rules.Now).Score, then.ScoreOn(day, rules.Then).Score);
    }

    private static ImmutableArray<int> Every(int days, int times, int from = 0) =>
        [.. Enumerable.Range(0, times).Select(time => from + time * days)];

    /// <summary>How often events happen, and when.</summary>
    /// <param name="Words">The pattern in words.</param>
    /// <param name="DaysAgo">The ages in days of the first kind of event.</param>
    /// <param name="OthersDaysAgo">The ages of the second kind of event, whose own words follow the pattern's.</param>
    private sealed record Pattern(string Words, ImmutableArray<int> DaysAgo, ImmutableArray<int> OthersDaysAgo);
}
