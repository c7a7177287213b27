using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Notices;

public sealed class SubjectGrowthTests
{
    private static readonly SubjectId Subject = new(7);
    private readonly SubjectGrowth _growth = new();

    [Fact]
    public void A_later_turn_ends_the_wait_of_every_watch_on_the_subject_alone()
    {
        using var first = _growth.Watch(Subject);
        using var second = _growth.Watch(Subject);
        using var other = _growth.Watch(new SubjectId(8));
        Task[] waits = [first.Past(3), second.Past(3), other.Past(3)];
        Note(3);
        waits.ShouldAllBe(wait => !wait.IsCompleted, "turn 3 is known");
        Note(4);
        waits.Select(wait => wait.IsCompleted).ShouldBe([true, true, false]);
    }

    [Fact]
    public void A_turn_between_the_read_and_the_wait_ends_the_wait()
    {
        using var watch = _growth.Watch(Subject);
        Note(5);
        watch.Past(4).IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void A_turn_ends_one_wait()
    {
        using var watch = _growth.Watch(Subject);
        Note(5);
        watch.Past(4).IsCompleted.ShouldBeTrue();
        var again = watch.Past(4);
        again.IsCompleted.ShouldBeFalse("the ledger has lost turn 5, so it would be read for ever");
        Note(6);
        again.IsCompleted.ShouldBeTrue();
        watch.Past(4).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void A_watch_that_has_ended_is_told_nothing()
    {
        var ended = _growth.Watch(Subject);
        using var open = _growth.Watch(Subject);
        var wait = ended.Past(0);
        ended.Dispose();
        Note(1);
        wait.IsCompleted.ShouldBeFalse();
        open.Past(0).IsCompleted.ShouldBeTrue();
    }

    private void Note(long turn) => _growth.Note(
    [
        new Entry(0, turn, Subject, turn, EntryKind.Event, new DateOnly(2026, 11, 30), []),
    ]);
}
