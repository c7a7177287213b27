using Microsoft.Extensions.Logging.Abstractions;
using Scoring.Enrolments;
using Scoring.Erasures;
using Scoring.Ledger;
using Scoring.Retention;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Exports;

public sealed class PostgresExportsTests(PostgresServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_entry_comes_with_the_nonce_of_its_leaf_and_none_comes_of_a_withdrawn_subject()
    {
        await using var stage = await LedgerStage.Open(server);
        var exports = new PostgresExports(stage.Database, NullLogger<PostgresExports>.Instance);
        var mine = await Enrolled(stage);
        var other = await Enrolled(stage);

        var read = await exports.ReadEntries(mine.Subject, 0, long.MaxValue, 100, Cancel);

        read.Select(e => e.Entry.Turn).ShouldBe(Enumerable.Range(1, 12).Select(turn => (long)turn));
        read.ShouldAllBe(e => e.Entry.Subject == mine.Subject);
        read.ShouldAllBe(e => e.Leaf.SequenceEqual(Leaf.Of(mine.LedgerKey, e.Entry, e.Key)));
        read.ShouldAllBe(e => e.Leaf.SequenceEqual(Leaf.OfNonce(e.Nonce, e.Entry, e.Key)));
        (await exports.ReadEntries(mine.Subject, 3, 9, 4, Cancel)).Select(e => e.Entry.Turn).ShouldBe([4, 5, 6, 7]);
        (await exports.ReadEntries(mine.Subject, 7, 9, 4, Cancel)).Select(e => e.Entry.Turn).ShouldBe([8, 9]);

        await stage.Withdrawals.Fence(mine.Locators[0], Some.Day, SomeCause.Asked, Cancel);

        (await exports.ReadEntries(mine.Subject, 0, long.MaxValue, 100, Cancel)).ShouldBeEmpty("its rows are not cleared yet");
        (await exports.ReadEntries(other.Subject, 0, long.MaxValue, 100, Cancel)).Count.ShouldBe(12);
    }

    [Fact]
    public async Task Entries_of_some_kinds_are_read_from_a_range_of_turns()
    {
        await using var stage = await LedgerStage.Open(server);
        var exports = new PostgresExports(stage.Database, NullLogger<PostgresExports>.Instance);
        var mine = await Enrolled(stage);
        for (var i = 0; i < 3; i++)
        {
            await stage.PostgresEnrolments.Restrict(mine.Locators[0], true, Some.Entry(EntryKind.Restricted), Cancel);
            await stage.PostgresEnrolments.Restrict(mine.Locators[0], false, Some.Entry(EntryKind.RestrictionLifted), Cancel);
        }
        EntryKind[] kinds = [EntryKind.Restricted, EntryKind.Enrolled];
        (await Turns(0, 100, 100)).ShouldBe([1, 13, 15, 17]);
        (await Turns(1, 15, 100)).ShouldBe([13, 15]);
        (await Turns(1, 100, 1)).ShouldBe([13]);

        async Task<long[]> Turns(long after, long upTo, int count) =>
            [.. (await exports.ReadKinds(mine.Subject, kinds, after, upTo, count, Cancel)).Select(entry => entry.Turn)];
    }

    [Fact]
    public async Task A_person_who_returns_after_everything_expired_is_exported()
    {
        await using var stage = await LedgerStage.Open(server);
        var exports = new PostgresExports(stage.Database, NullLogger<PostgresExports>.Instance);
        var mine = await Enrolled(stage);
        await stage.Expirer.Run([new DueDays(Some.Programme, Some.Day, 30, Some.Day.AddDays(800))], long.MaxValue, Cancel);
        (await stage.Rows<long>($"SELECT turn FROM ledger.entry WHERE subject = {mine.Subject.Value} AND kind = 0"))
            .ShouldBe([12], "the last row is held, so that the next turn follows it");
        (await Turns(0, 100)).ShouldBe([1]);

        var returned = Some.Event(mine.Handles[0].Hash) with { Day = Some.Day.AddDays(1) };
        await stage.PostgresLedger.AppendEvents([returned], Cancel);

        (await Turns(0, 100)).ShouldBe([1, 13]);
        (await Turns(1, 1)).ShouldBe([13]);
        (await Turns(11, 1)).ShouldBe([13], "the held row takes no place of a page");

        async Task<long[]> Turns(long after, int count) =>
            [.. (await exports.ReadEntries(mine.Subject, after, long.MaxValue, count, Cancel)).Select(exported => exported.Entry.Turn)];
    }

    private static async Task<NewEnrolment> Enrolled(LedgerStage stage)
    {
        var handle = Some.Handle();
        var enrolment = Some.Enrolment(Some.Locators(), handle);
        await stage.PostgresEnrolments.Enrol(enrolment, Cancel);
        await stage.PostgresLedger.AppendEvents([.. Enumerable.Range(0, 10).Select(n => Some.Event(handle.Hash, content: $"{n}"))], Cancel);
        return enrolment;
    }
}
