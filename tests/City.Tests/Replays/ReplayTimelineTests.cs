using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.City.Rows;
using Scoring.Verify.Scores;

namespace Scoring.City.Tests.Replays;

public sealed class ReplayTimelineTests
{
    [Fact]
    public void At_the_end_of_a_leg_no_event_is_too_late()
    {
        var legs = ReplayTimeline.Of([File("a", 30, Enumerable.Range(0, 400).Select(i => i * 3).ToArray())]);
        legs.ShouldAllBe(leg => leg.Last.DayNumber - leg.First.DayNumber < 28);
        legs.Sum(leg => leg.Events.Count).ShouldBe(400);
        foreach (var leg in legs)
            leg.Events.ShouldAllBe(
                e => DateOnly.FromDateTime(e.Event.Local) >= leg.First && DateOnly.FromDateTime(e.Event.Local) <= leg.Last);
    }

    [Fact]
    public void Legs_are_in_order_of_time_for_files_in_any_order()
    {
        var legs = ReplayTimeline.Of([File("a", 30, 90, 2, 400, 1, 3)]);
        legs.Zip(legs.Skip(1)).ShouldAllBe(pair => pair.First.Last < pair.Second.First);
        legs.SelectMany(leg => leg.Events.Select(e => e.Event.Local)).ShouldBeInOrder();
    }

    [Fact]
    public void A_file_starts_with_the_leg_of_its_first_day_and_ends_with_the_leg_of_its_last()
    {
        var early = File("a", 30, 0, 10, 20, 40);
        var late = File("b", 30, 15, 16);
        var legs = ReplayTimeline.Of([early, late]);
        legs.Single(leg => leg.Starting.Contains(late)).First.ShouldBe(late.File.FirstDay);
        legs.Single(leg => leg.Ending.Contains(late)).Last.ShouldBe(late.File.LastDay);
        legs.Single(leg => leg.Starting.Contains(early)).ShouldBe(legs[0]);
        legs.Single(leg => leg.Ending.Contains(early)).ShouldBe(legs[^1]);
    }

    private static ReplayedFile File(string name, int latenessDaysMax, params int[] days) => new(
        new RowFile(name, name,
            [.. days.Select((day, i) =>
                new CityEvent(name, "who", "traffic.trip", $"{name}-{i}", new DateTime(2020, 1, 1).AddDays(day), []))],
            new Dictionary<string, int>(), days.Length, 0),
        new ProgrammeDocument(name, TimeZoneInfo.Utc, 0, 10, latenessDaysMax, new DateOnly(2020, 1, 1), []));
}
