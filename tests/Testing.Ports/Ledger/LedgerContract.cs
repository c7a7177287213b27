using System.Text;
using Scoring.Enrolments;
using Scoring.Storage;

namespace Scoring.Ledger;

/// <summary>The contract that every ledger keeps.</summary>
public abstract partial class LedgerContract : LedgerStageTest
{
    [Fact]
    public async Task Enrolment_is_turn_one_and_links_its_handles()
    {
        var handle = Some.Handle();
        var enrolled = await Enrol(handle, Some.Handle());
        var history = await History(enrolled);
        history.Select(e => e.Turn).ShouldBe([1, 2, 3]);
        history.Select(e => e.Kind).ShouldBe([EntryKind.Enrolled, EntryKind.HandleLinked, EntryKind.HandleLinked]);
        history[0].Body.ShouldBe(enrolled.Receipts[0]);
        Encoding.UTF8.GetString(history[1].Body).ShouldBe($"{{\"handle\":\"{handle.Id}\",\"source\":\"https://source.example\"}}");
        var found = (await Enrolments.Find(enrolled.Locators[0], Cancel)).ShouldNotBeNull();
        found.ShouldBe(new EnrolmentRecord(
            enrolled.Subject, enrolled.Kind, enrolled.Programme, enrolled.RuleSet, enrolled.Day, enrolled.Consented));
        (await Ledger.FindSubject(enrolled.Subject, Cancel))!.Partition.ShouldBe(history[0].Partition);
    }

    [Fact]
    public async Task A_read_for_a_fold_leaves_out_the_bodies_that_no_fold_reads_and_nothing_else()
    {
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        await Ledger.AppendEvents([Some.Event(handle.Hash)], Cancel);
        var whole = await Ledger.ReadSubject(enrolled.Subject, 0, 1000, Cancel);
        var forFold = await Ledger.ReadForFold(enrolled.Subject, 0, 1000, Cancel);
        whole.ShouldAllBe(e => e.Body.Length > 0);
        forFold.Select(e => Encoding.UTF8.GetString(e.Body)).ShouldBe(["", "", Encoding.UTF8.GetString(whole[2].Body)]);
        forFold.Select(e => (e.Partition, e.Position, e.Subject, e.Turn, e.Kind, e.Day)).ShouldBe(
            whole.Select(e => (e.Partition, e.Position, e.Subject, e.Turn, e.Kind, e.Day)));
        var slice = await Ledger.ReadPartition(whole[0].Partition, whole[0].Position - 1, 3, Cancel);
        slice.Entries.Select(e => (e.Turn, e.Position, Encoding.UTF8.GetString(e.Body))).ShouldBe(
            forFold.Select(e => (e.Turn, e.Position, Encoding.UTF8.GetString(e.Body))), "the stream delivers to folds");
    }

    [Fact]
    public async Task Events_of_an_enrolled_handle_are_in_the_order_of_their_arrival()
    {
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        await Ledger.AppendEvents([.. Enumerable.Range(0, 50).Select(i => Some.Event(handle.Hash, content: $"{i}"))], Cancel);
        var events = await Ledger.ReadSubject(enrolled.Subject, 2, 1000, Cancel);
        events.Select(e => e.Turn).ShouldBe(Enumerable.Range(3, 50).Select(i => (long)i));
        events.Select(e => Encoding.UTF8.GetString(e.Body)).ShouldBe(
            Enumerable.Range(0, 50).Select(i => Encoding.UTF8.GetString(Some.Body($"{i}"))));
        events.Select(e => e.Position).ShouldBe(events.Select(e => e.Position).Order());
        events.ShouldAllBe(e => e.Kind == EntryKind.Event && e.Day == Some.Day && e.Subject == enrolled.Subject);
        (await Ledger.ReadSubjectBackwards(enrolled.Subject, 50, 3, Cancel)).Select(e => e.Turn).ShouldBe([49, 48, 47]);
    }

    [Fact]
    public async Task A_key_is_stored_once_and_the_first_body_stays()
    {
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        var key = Guid.NewGuid();
        var other = Guid.NewGuid();
        await Ledger.AppendEvents(
            [Some.Event(handle.Hash, key, content: "1"), Some.Event(handle.Hash, key, content: "2"), Some.Event(handle.Hash, other)],
            Cancel);
        await Ledger.AppendEvents([Some.Event(handle.Hash, key, content: "3"), Some.Event(handle.Hash, other)], Cancel);
        var events = await Ledger.ReadSubject(enrolled.Subject, 2, 1000, Cancel);
        events.Count.ShouldBe(2);
        events.ShouldContain(e => e.Body.SequenceEqual(Some.Body("1")));
    }

    [Fact]
    public async Task One_key_may_be_stored_for_two_subjects_and_is_stored_once_for_two_handles_of_one()
    {
        var a = Some.Handle();
        var b = Some.Handle();
        var c = Some.Handle();
        var two = await Enrol(a, b);
        var one = await Enrol(c);
        var key = Guid.NewGuid();
        await Ledger.AppendEvents([Some.Event(a.Hash, key), Some.Event(b.Hash, key), Some.Event(c.Hash, key)], Cancel);
        (await History(two)).Count(e => e.Kind == EntryKind.Event).ShouldBe(1);
        (await History(one)).Count(e => e.Kind == EntryKind.Event).ShouldBe(1);
    }

    [Fact]
    public async Task Events_before_a_handles_start_do_not_count_and_block_no_later_one()
    {
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        var key = Guid.NewGuid();
        await Ledger.AppendEvents(
            [Some.Event(handle.Hash, key, Some.Start.AddTicks(-10)), Some.Event(handle.Hash, key, Some.Start, "2")], Cancel);
        (await History(enrolled)).Single(e => e.Kind == EntryKind.Event).Body.ShouldBe(Some.Body("2"));
    }

    [Fact]
    public async Task Unenrolled_restricted_and_suspended_subjects_get_no_events_and_no_answers()
    {
        var handle = Some.Handle();
        var restricted = Some.Handle();
        var known = await Enrol(handle);
        var restrictedSubject = await Enrol(restricted);
        var grant = Some.Grant();
        var restrictedGrant = Some.Grant();
        await Enrolments.Grant(known.Locators[0], grant, 8, Cancel);
        await Enrolments.Grant(restrictedSubject.Locators[0], restrictedGrant, 8, Cancel);
        (await Enrolments.Restrict(restrictedSubject.Locators[0], true, Some.Entry(EntryKind.Restricted), Cancel)).ShouldBe(true);
        await Ledger.AppendEvents([Some.Event(Some.Hash()), Some.Event(restricted.Hash), Some.Event(handle.Hash)], Cancel);
        (await History(restrictedSubject)).ShouldNotContain(e => e.Kind == EntryKind.Event);
        (await History(known)).Count(e => e.Kind == EntryKind.Event).ShouldBe(1);
        (await Ledger.AppendQuery(Some.Query(restrictedGrant.Hash), Cancel)).ShouldBeNull();
        (await Ledger.AppendQuery(Some.Query(grant.Hash), Cancel)).ShouldNotBeNull();
        await Stage.Suspend(Some.Programme);
        await Ledger.AppendEvents([Some.Event(handle.Hash)], Cancel);
        (await Ledger.AppendQuery(Some.Query(grant.Hash), Cancel)).ShouldBeNull();
        (await History(known)).Count(e => e.Kind == EntryKind.Event).ShouldBe(1);
    }

    [Fact]
    public async Task A_query_has_its_own_turn_and_the_same_one_when_repeated()
    {
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        var grant = Some.Grant();
        (await Enrolments.Grant(enrolled.Locators[0], grant, 8, Cancel)).ShouldBeTrue();
        var key = Guid.NewGuid();
        var first = (await Ledger.AppendQuery(Some.Query(grant.Hash, key), Cancel)).ShouldNotBeNull();
        await Ledger.AppendEvents([Some.Event(handle.Hash)], Cancel);
        var again = await Ledger.AppendQuery(Some.Query(grant.Hash, key, day: Some.Day.AddDays(1)), Cancel);
        again.ShouldBe(first);
        first.ShouldBe(new QueryTurn(enrolled.Subject, enrolled.Kind, 4, Some.Day));
        var entry = (await History(enrolled)).Single(e => e.Kind == EntryKind.Queried);
        Encoding.UTF8.GetString(entry.Body).ShouldBe($"{{\"grant\":\"{grant.Id}\"}}");
        entry.Turn.ShouldBe(4);
    }

    [Fact]
    public async Task Accesses_are_read_backwards_without_other_entries()
    {
        var handle = Some.Handle();
        var other = Some.Handle();
        var enrolled = await Enrol(handle);
        var neighbour = await Enrol(other);
        var grant = Some.Grant();
        var others = Some.Grant();
        await Enrolments.Grant(enrolled.Locators[0], grant, 8, Cancel);
        await Enrolments.Grant(neighbour.Locators[0], others, 8, Cancel);
        await Ledger.AppendQuery(Some.Query(others.Hash), Cancel);
        for (var i = 0; i < 4; i++)
        {
            await Ledger.AppendQuery(Some.Query(grant.Hash), Cancel);
            await Ledger.AppendEvents([Some.Event(handle.Hash), Some.Event(handle.Hash)], Cancel);
        }
        (await Accesses(long.MaxValue, 100)).Select(access => access.Turn).ShouldBe([13, 10, 7, 4]);
        (await Accesses(13, 2)).Select(access => access.Turn).ShouldBe([10, 7]);
        (await Accesses(7, 2)).Select(access => access.Turn).ShouldBe([4]);
        (await Accesses(4, 2)).ShouldBeEmpty();
        var history = await History(enrolled);
        foreach (var access in await Accesses(long.MaxValue, 100))
        {
            (access.Kind, access.Subject, access.Day).ShouldBe((EntryKind.Queried, enrolled.Subject, Some.Day));
            access.Body.ShouldBe(history.Single(entry => entry.Turn == access.Turn).Body);
        }
        await Enrolments.Withdraw(enrolled.Locators[0], Some.Day, Some.Request, Cancel);
        (await Accesses(long.MaxValue, 100)).ShouldBeEmpty();

        Task<IReadOnlyList<Entry>> Accesses(long below, int count) => Ledger.ReadAccessesBackwards(enrolled.Subject, below, count, Cancel);
    }

    [Fact]
    public async Task Concurrent_queries_under_one_key_share_one_entry()
    {
        var enrolled = await Enrol(Some.Handle());
        var grant = Some.Grant();
        await Enrolments.Grant(enrolled.Locators[0], grant, 8, Cancel);
        var key = Guid.NewGuid();
        var turns = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Ledger.AppendQuery(Some.Query(grant.Hash, key), Cancel)));
        turns.Distinct().ShouldHaveSingleItem().ShouldNotBeNull().Turn.ShouldBe(4);
        (await History(enrolled)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Grants_unknown_ended_not_begun_or_revoked_lead_nowhere()
    {
        var enrolled = await Enrol(Some.Handle());
        var ending = Some.Grant(until: Some.Start.AddHours(1));
        var revoked = Some.Grant();
        await Enrolments.Grant(enrolled.Locators[0], ending, 8, Cancel);
        await Enrolments.Grant(enrolled.Locators[0], revoked, 8, Cancel);
        (await Enrolments.Revoke(enrolled.Locators[0], revoked.Id, Some.Entry(EntryKind.GrantRevoked), Cancel)).ShouldBeTrue();
        (await Enrolments.Revoke(enrolled.Locators[0], revoked.Id, Some.Entry(EntryKind.GrantRevoked), Cancel)).ShouldBeFalse();
        (await Ledger.AppendQuery(Some.Query(Some.Hash()), Cancel)).ShouldBeNull();
        (await Ledger.AppendQuery(Some.Query(revoked.Hash), Cancel)).ShouldBeNull();
        (await Ledger.AppendQuery(Some.Query(ending.Hash, at: Some.Start.AddTicks(-10)), Cancel)).ShouldBeNull();
        (await Ledger.AppendQuery(Some.Query(ending.Hash, at: Some.Start.AddHours(1)), Cancel)).ShouldBeNull();
        (await Ledger.AppendQuery(Some.Query(ending.Hash, at: Some.Start.AddMinutes(59)), Cancel)).ShouldNotBeNull();
        (await History(enrolled)).Select(e => e.Kind).ShouldBe(
            [EntryKind.Enrolled, EntryKind.HandleLinked, EntryKind.Granted, EntryKind.Granted, EntryKind.GrantRevoked, EntryKind.Queried]);
    }

    [Fact]
    public async Task Slices_of_a_partition_follow_each_other_without_a_gap_even_over_erased_rows()
    {
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        await Ledger.AppendEvents([.. Enumerable.Range(0, 10).Select(_ => Some.Event(handle.Hash))], Cancel);
        var partition = (await Ledger.FindSubject(enrolled.Subject, Cancel))!.Partition;
        var last = Stage.Heads.Head(partition);
        (await Enrolments.Withdraw(enrolled.Locators[0], Some.Day, Some.Request, Cancel)).ShouldBe((enrolled.Subject, 12));
        var slice = await Ledger.ReadPartition(partition, 0, 5, Cancel);
        slice.ShouldSatisfyAllConditions(() => slice.After.ShouldBe(0), () => slice.To.ShouldBe(5), () => slice.Entries.ShouldBeEmpty());
        (await Ledger.ReadPartition(partition, slice.To, 1000, Cancel)).To.ShouldBe(last + 1);
        (await Ledger.ReadPartition(partition, last + 1, 1000, Cancel)).To.ShouldBe(last + 1);
    }

    [Fact]
    public async Task Waiters_wake_when_their_partition_grows_and_not_before()
    {
        var handle = Some.Handle();
        var enrolled = await Enrol(handle);
        var partition = (await Ledger.FindSubject(enrolled.Subject, Cancel))!.Partition;
        var head = Stage.Heads.Head(partition);
        head.ShouldBe(2);
        var past = Stage.Heads.Past(partition, head, Cancel).AsTask();
        past.IsCompleted.ShouldBeFalse();
        await Ledger.AppendEvents([Some.Event(handle.Hash)], Cancel);
        await past.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        Stage.Heads.Head(partition).ShouldBe(3);
        using var stop = new CancellationTokenSource();
        var never = Stage.Heads.Past(partition, 1000, stop.Token).AsTask();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(never);
    }

    [Fact]
    public async Task A_snapshot_is_replaced_by_a_later_one_only_and_not_kept_after_a_withdrawal()
    {
        var enrolled = await Enrol(Some.Handle());
        await Ledger.WriteSnapshot(enrolled.Subject, new Snapshot(5, "ab", 1, [1]), Cancel);
        await Ledger.WriteSnapshot(enrolled.Subject, new Snapshot(4, "ab", 1, [2]), Cancel);
        (await Ledger.ReadSnapshot(enrolled.Subject, Cancel))!.State.ShouldBe([1]);
        await Ledger.WriteSnapshot(enrolled.Subject, new Snapshot(6, "cd", 2, [3]), Cancel);
        var kept = (await Ledger.ReadSnapshot(enrolled.Subject, Cancel)).ShouldNotBeNull();
        (kept.Turn, kept.RuleBookHash, kept.FoldVersion, kept.State[0]).ShouldBe((6, "cd", 2, (byte)3));
        await Enrolments.Withdraw(enrolled.Locators[0], Some.Day, Some.Request, Cancel);
        await Ledger.WriteSnapshot(enrolled.Subject, new Snapshot(7, "cd", 2, [3]), Cancel);
        (await Ledger.ReadSnapshot(enrolled.Subject, Cancel)).ShouldBeNull();
        (await Ledger.FindSubject(enrolled.Subject, Cancel)).ShouldBeNull();
    }
}
