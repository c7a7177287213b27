using System.Diagnostics;

namespace Scoring.Ledger;

public sealed class FlushTracesTests
{
    private readonly FlushTraces _traces = new();

    [Fact]
    public void A_slice_takes_the_first_commit_that_wrote_it_and_no_other()
    {
        var first = Span();
        _traces.Take(1, 0, 100).ShouldBeNull();
        _traces.Note(1, 10, first);
        _traces.Note(1, 20, Span());
        _traces.Note(2, 10, Span());
        _traces.Take(1, 0, 9).ShouldBeNull();
        _traces.Take(1, 0, 20).ShouldBe(first);
        _traces.Take(1, 0, 20).ShouldBeNull();
        _traces.Take(2, 10, 20).ShouldBeNull("the commit is before the slice");
        _traces.Take(2, 0, 20).ShouldBeNull("what is passed is forgotten");
    }

    [Fact]
    public void Only_the_last_commits_are_remembered()
    {
        for (var position = 1; position <= 17; position++) _traces.Note(1, position, Span());
        _traces.Take(1, 0, 1).ShouldBeNull();
        _traces.Take(1, 1, 2).ShouldNotBeNull();
    }

    private static ActivityContext Span() =>
        new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
}
