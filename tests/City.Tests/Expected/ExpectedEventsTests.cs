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
        var book = new ExpectedEvents();
        for (var i = 0; i < 2; i++) book.Add(Someone(0), Start, "source", "id", Start, Trip);
        book.Add(Someone(0), Start, "source", "other id", Start, Trip);
        (book.Count, book.Of(Someone(0)).Count).ShouldBe((2, 2));
    }

    [Fact]
    public void An_event_before_the_handles_start_counts_nothing()
    {
        var book = new ExpectedEvents();
        book.Add(Someone(0), Start, "source", "id", Start.AddTicks(-1), Trip);
        book.Count.ShouldBe(0);
    }

    [Fact]
    public void An_event_about_a_stranger_counts_nothing()
    {
        var book = new ExpectedEvents();
        book.Add(Someone(null), Start, "source", "id", Start, Trip);
        book.Count.ShouldBe(0);
    }

    private static Resident Someone(int? ordinal) => new("safe-driver", "who", "participant", ordinal, []);
}
