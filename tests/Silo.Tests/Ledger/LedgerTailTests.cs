using Microsoft.Extensions.Options;
using Scoring.Subjects;

namespace Scoring.Ledger;

public sealed class LedgerTailTests
{
    private readonly LedgerTail _tail = new(Options.Create(new LedgerOptions { TailRowsMax = 10 }));

    [Fact]
    public void Slices_that_follow_each_other_are_taken_together_up_to_the_count()
    {
        _tail.Open(3);
        _tail.Add(Slice(0, 2));
        _tail.Add(Slice(2, 5));
        _tail.Add(Slice(5, 8));
        var taken = _tail.Take(3, 0, 5, out var missing).ShouldNotBeNull();
        (taken.After, taken.To, missing).ShouldBe((0, 5, null));
        taken.Entries.Select(entry => entry.Position).ShouldBe([1, 2, 3, 4, 5]);
        _tail.Take(3, 5, 1, out _).ShouldNotBeNull().To.ShouldBe(8, "one slice is never divided");
        _tail.Take(3, 8, 5, out missing).ShouldBeNull();
        missing.ShouldBeNull();
    }

    [Fact]
    public void A_hole_is_told_with_its_length_and_what_is_passed_is_dropped()
    {
        _tail.Open(3);
        _tail.Add(Slice(0, 2));
        _tail.Add(Slice(6, 8));
        _tail.Take(3, 2, 100, out var missing).ShouldBeNull();
        missing.ShouldBe(4);
        _tail.Take(3, 6, 100, out _).ShouldNotBeNull().To.ShouldBe(8);
    }

    [Fact]
    public void Nothing_is_kept_past_the_limit_nor_for_a_partition_that_is_not_read_here()
    {
        _tail.Add(Slice(0, 2));
        _tail.Take(3, 0, 100, out _).ShouldBeNull();
        _tail.Open(3);
        _tail.Add(Slice(0, 8));
        _tail.Add(Slice(8, 12));
        _tail.Take(3, 0, 100, out _).ShouldNotBeNull().To.ShouldBe(8);
        _tail.Add(Slice(12, 14));
        _tail.Take(3, 8, 100, out var missing).ShouldBeNull();
        missing.ShouldBe(4);
        _tail.Close(3);
        _tail.Take(3, 12, 100, out _).ShouldBeNull();
    }

    [Fact]
    public void What_was_kept_before_a_partition_is_opened_again_is_dropped()
    {
        _tail.Open(3);
        _tail.Add(Slice(0, 2));
        _tail.Open(3);
        _tail.Take(3, 0, 100, out _).ShouldBeNull();
        _tail.Add(Slice(2, 3));
        _tail.Take(3, 2, 100, out _).ShouldNotBeNull().To.ShouldBe(3);
    }

    [Fact]
    public void A_slice_knows_when_the_oldest_of_its_rows_was_taken_that_this_silo_has_written()
    {
        _tail.Mark(3, 2, 90);
        _tail.AcceptedAt(Slice(0, 2)).ShouldBe(0, "the partition is not read here");
        _tail.Open(3);
        _tail.Mark(3, 2, 100);
        _tail.Mark(3, 8, 200);
        _tail.Mark(3, 9, 300);
        _tail.AcceptedAt(Slice(0, 5)).ShouldBe(100);
        _tail.AcceptedAt(Slice(5, 7)).ShouldBe(200, "a flush may reach over several slices");
        _tail.AcceptedAt(Slice(7, 9)).ShouldBe(200);
        _tail.AcceptedAt(Slice(9, 12)).ShouldBe(0, "another silo has written it");
        _tail.Open(3);
        _tail.AcceptedAt(Slice(0, 5)).ShouldBe(0, "it is another incarnation");
    }

    private static LedgerSlice Slice(long after, long to) => new(
        3, after, to,
        [.. Enumerable.Range((int)after + 1, (int)(to - after)).Select(position => new Entry(
            3, position, new SubjectId(1), position, EntryKind.Event, new DateOnly(2026, 3, 1), []))]);
}
