using Scoring.City.Expected;
using Scoring.City.People;
using Scoring.Verify.Scores;

namespace Scoring.City.Tests.Expected;

public sealed class ExpectedEventsTests
{
    private static readonly DateTimeOffset Start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly CountedEvent Trip = new("traffic.trip", new DateOnly(2020, 1, 1), []);

    [Fact]
    public void An_event_sent_twice_counts_once()
    {
        var events = new ExpectedEvents();
        for (var i = 0; i < 2; i++) events.Add(Resident(0), Start, "source", "id", Start, Trip);
        events.Add(Resident(0), Start, "source", "other id", Start, Trip);
        (events.Count, events.Of(Resident(0)).Count).ShouldBe((2, 2));
    }

    [Fact]
    public void An_event_before_the_handles_start_does_not_count()
    {
        var events = new ExpectedEvents();
        events.Add(Resident(0), Start, "source", "id", Start.AddTicks(-1), Trip);
        events.Count.ShouldBe(0);
    }

    [Fact]
    public void An_event_about_an_unenrolled_resident_does_not_count()
    {
        var events = new ExpectedEvents();
        events.Add(Resident(null), Start, "source", "id", Start, Trip);
        events.Count.ShouldBe(0);
    }

    private static Resident Resident(int? ordinal) => new("safe-driver", "who", "participant", ordinal, []);
}
