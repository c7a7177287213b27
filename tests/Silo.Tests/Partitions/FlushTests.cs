using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Partitions;

/// <summary>What a writer remembers decides only while the database proves it.</summary>
public sealed class FlushTests(PostgresServer server) : IAsyncLifetime
{
    private WriterStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await WriterStage.Open(server);

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Events_of_remembered_handles_are_decided_without_a_look_at_them()
    {
        var (enrolment, handle) = await _stage.Enrol();
        (await _stage.Write(Some.Event(handle.Hash), Some.Event(handle.Hash))).ShouldBe(2);
        await _stage.Ledger.Execute("ALTER TABLE ledger.handle RENAME TO hidden");
        (await _stage.Write(Some.Event(handle.Hash))).ShouldBe(1);
        await _stage.Ledger.Execute("ALTER TABLE ledger.hidden RENAME TO handle");
        (await _stage.EventsOf(enrolment)).ShouldBe(3);
        await LeafAssertions.Check(_stage.Ledger);
    }

    public static TheoryData<string> Ends { get; } =
        ["restricted", "unlinked", "withdrawn", "suspended", "ended", "widened", "moved", "begun later"];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task What_ends_a_handle_is_seen_also_between_the_lookup_and_the_lock(string end)
    {
        var (enrolment, handle) = await _stage.Enrol();
        var (other, _) = await _stage.Enrol();
        (await _stage.Write(Some.Event(handle.Hash))).ShouldBe(1);
        var rows = await _stage.LookUp(Some.Event(handle.Hash, at: Some.Start.AddDays(1)));
        rows[0].Handle.ShouldNotBeNull("the handle is remembered");
        await End(end, enrolment, other, handle);
        var written = await EventsIn(enrolment);

        var flush = await _stage.Flush(rows);
        flush.Unproven.ShouldBe([0]);
        WriterStage.Decided(flush).ShouldBe(0);
        await _stage.Flush(rows, bySqlAlone: true);
        (await _stage.Write(Some.Event(handle.Hash, at: Some.Start.AddDays(1)))).ShouldBe(0, "what is remembered is stale");
        (await EventsIn(enrolment)).ShouldBe(written);
    }

    [Fact]
    public async Task Entries_of_other_writers_are_caught_up_with()
    {
        var (enrolment, handle) = await _stage.Enrol();
        await _stage.Write(Some.Event(handle.Hash));
        await _stage.Ledger.PostgresEnrolments.Grant(enrolment.Locators[0], Some.Grant(), 8, Cancel);
        var rows = await _stage.LookUp(Some.Event(handle.Hash));
        var flush = await _stage.Flush(rows);
        flush.Unproven.ShouldBe([0]);
        await _stage.Flush(rows, bySqlAlone: true);
        (await _stage.Write(Some.Event(handle.Hash))).ShouldBe(1);
        (await _stage.EventsOf(enrolment)).ShouldBe(3);
        await LeafAssertions.Check(_stage.Ledger);
    }

    [Fact]
    public async Task A_partition_that_has_grown_by_too_much_is_read_again()
    {
        var (enrolment, handle) = await _stage.Enrol();
        await _stage.Write(Some.Event(handle.Hash));
        await using var other = _stage.Ledger.AnotherWriter();
        await other.PostgresLedger.AppendEvents([.. Enumerable.Range(0, 5001).Select(_ => Some.Event(handle.Hash))], Cancel);
        var rows = await _stage.LookUp(Some.Event(handle.Hash));
        (await _stage.Flush(rows)).Unproven.ShouldBe([0]);
        await _stage.Flush(rows, bySqlAlone: true);
        _stage.Memory[rows[0].Partition].Position.ShouldBe(-1);
        (await _stage.Write(Some.Event(handle.Hash))).ShouldBe(1, "the handle is read again");
        (await _stage.Ledger.Scalar<long>("SELECT max(turn) - count(*) FROM ledger.entry WHERE subject IS NOT NULL")).ShouldBe(0);
        enrolment.Handles.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_flush_of_every_kind_of_row_numbers_them_all()
    {
        var (enrolment, handle) = await _stage.Enrol();
        await _stage.Write(Some.Event(handle.Hash));
        var repeated = Some.Event(handle.Hash);
        var (late, unread) = await _stage.Enrol();
        var rows = await _stage.LookUp(
            repeated, Some.Event(handle.Hash), repeated, Some.Event(Some.Hash()), Some.Event(handle.Hash, at: Some.Start.AddDays(-1)),
            Some.Event(unread.Hash));
        var flush = await _stage.Flush(rows);
        if (flush.Unproven.Count > 0) await _stage.Flush([.. flush.Unproven.Select(i => rows[i])], bySqlAlone: true);
        (await _stage.EventsOf(enrolment)).ShouldBe(3);
        (await _stage.EventsOf(late)).ShouldBe(1);
        (await _stage.Write(Some.Event(handle.Hash), Some.Event(unread.Hash))).ShouldBe(2);
        await LeafAssertions.Check(_stage.Ledger);
    }

    [Fact]
    public async Task Of_a_withdrawn_subject_nothing_is_remembered()
    {
        var (enrolment, handle) = await _stage.Enrol();
        await _stage.Write(Some.Event(handle.Hash));
        var rows = await _stage.LookUp(Some.Event(handle.Hash));
        await _stage.Ledger.PostgresEnrolments.Withdraw(enrolment.Locators[0], Some.Day, Some.Request, Cancel);
        _stage.Memory.Handles.Count.ShouldBe(1);
        _stage.Memory.Forget(enrolment.Subject);
        _stage.Memory.Handles.Count.ShouldBe(0);
        rows[0].Handle!.IsStale.ShouldBeTrue();
        var partition = _stage.Memory[rows[0].Partition];
        lock (partition.Gate) partition.Holds(enrolment.Subject.Value).ShouldBeFalse();
        (await _stage.Flush(rows)).Appended.ShouldBe(0);
    }

    private async Task<long> EventsIn(NewEnrolment enrolment) => await _stage.Ledger.Scalar<long>(
        $"SELECT count(*) FROM ledger.entry WHERE kind = 1 AND (subject = {enrolment.Subject.Value} OR subject IS NULL)");

    private async Task End(string end, NewEnrolment enrolment, NewEnrolment other, NewHandle handle)
    {
        var enrolments = _stage.Ledger.PostgresEnrolments;
        ILedgerStage stage = _stage.Ledger;
        switch (end)
        {
            case "restricted":
                await enrolments.Restrict(enrolment.Locators[0], true, Some.Entry(EntryKind.Restricted), Cancel);
                break;
            case "unlinked":
                await enrolments.Unlink(enrolment.Locators[0], handle.Id, Some.Day, Cancel);
                break;
            case "withdrawn":
                await enrolments.Withdraw(enrolment.Locators[0], Some.Day, Some.Request, Cancel);
                break;
            case "suspended":
                await stage.Suspend(Some.Programme);
                break;
            case "ended":
                await _stage.Ledger.Execute($"UPDATE ledger.programme SET ended = true WHERE id = '{Some.Programme}'");
                break;
            case "widened":
                await stage.Widen(Some.Programme, 2, Some.Day);
                break;
            case "moved":
                await enrolments.Link(
                    other.Locators[0], new([Some.Handle(handle.Hash, Some.Start.AddHours(1))], Some.Start.AddDays(2), Some.Day), 3, Cancel);
                break;
            case "begun later":
                await _stage.Ledger.Execute("UPDATE ledger.handle SET started_at = started_at + interval '9 days'");
                break;
        }
    }
}
