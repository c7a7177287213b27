using Microsoft.Extensions.Logging.Abstractions;
using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Erasures;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Retention;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.SetAside;

public sealed class PostgresSetAsideTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly string Rules = new('a', 64);

    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ISetAsideStore Store => new PostgresSetAside(
        _stage.Database, new AdminActionWriter(_stage.Database, _stage.Heads), NullLogger<PostgresSetAside>.Instance);

    public async ValueTask InitializeAsync() => _stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_note_is_kept_once_and_takes_the_newer_reason()
    {
        var person = await Enrol();
        await Store.Note([Note(person, 3), Note(person, 4)], Cancel);
        await Store.Note([Note(person, 4) with { RulesHash = new string('b', 64), Fault = EntryFault.CodeUnknown }], Cancel);
        (await Store.CountUpTo(10, Cancel)).ShouldBe(2);
        (await Store.CountUpTo(1, Cancel)).ShouldBe(1);
        var counts = await Store.Count(Cancel);
        counts.Select(count => (count.Fault, count.RulesHash, count.Subjects, count.Entries)).ShouldBe(
            [(EntryFault.CodeUnknown, new string('b', 64), 1L, 1L), (EntryFault.MemberMissing, Rules, 1L, 1L)]);
        (counts[0].Programme, counts[0].Kind, counts[0].EventType, counts[0].RuleSet, counts[0].FoldVersion)
            .ShouldBe((Some.Programme, EntryKind.Event, null, 1, FoldState.FoldVersion));
    }

    [Fact]
    public async Task Notes_go_with_the_enrolment_and_none_comes_back()
    {
        var person = await Enrol();
        var other = await Enrol();
        await Store.Note([Note(person, 3), Note(other, 3)], Cancel);
        (await _stage.Withdrawals.Fence(person.Locators[0], Some.Day, SomeCause.Asked, Cancel)).ShouldNotBeNull();
        await Store.Note([Note(person, 3), Note(person, 4), Note(other, 4)], Cancel);
        await Store.Settle(person.Subject, [Note(person, 5)], Snapshot(9), Cancel);
        (await _stage.Rows<long>("SELECT DISTINCT subject FROM ledger.set_aside")).ShouldBe([other.Subject.Value]);
        (await _stage.Rows<long>("SELECT subject FROM ledger.snapshot")).ShouldBeEmpty();
        (await Store.CountUpTo(10, Cancel)).ShouldBe(2);
    }

    [Fact]
    public async Task Notes_go_with_their_entries_at_the_end_of_the_retention()
    {
        var handle = Some.Handle();
        var person = Some.Enrolment(Some.Locators(), handle);
        await _stage.PostgresEnrolments.Enrol(person, Cancel);
        for (var i = 0; i < 3; i++) await _stage.PostgresLedger.AppendEvents([Some.Event(handle.Hash, content: $"{i}")], Cancel);
        await _stage.PostgresLedger.AppendEvents([Some.Event(handle.Hash) with { Day = Some.Day.AddDays(1) }], Cancel);
        await Store.Note([Note(person, 3), Note(person, 6) with { Day = Some.Day.AddDays(1) }], Cancel);
        await _stage.Expirer.Run([new DueDays(Some.Programme, Some.Day, 30, Some.Day.AddDays(800))], long.MaxValue, Cancel);
        (await _stage.Rows<long>("SELECT turn FROM ledger.set_aside")).ShouldBe([6]);
    }

    [Fact]
    public async Task A_replay_takes_what_was_noted_before_it_and_ends_when_nothing_of_that_is_left()
    {
        var first = await Enrol();
        var second = await Enrol();
        var later = await Enrol();
        await Store.Note([Note(first, 3), Note(first, 4)], Cancel);
        await Store.Note([Note(second, 3)], Cancel);
        (await Store.ReadDue(0, 10, Cancel)).ShouldBeEmpty();
        var act = Act();
        await Store.RequestReplay(act, Cancel);
        await Store.RequestReplay(act, Cancel);
        await Store.Note([Note(later, 3)], Cancel);

        (await _stage.Programmes.ReadRecord(Some.Programme, 0, 100, Cancel)).Count(done => done.Act == AdminActions.SetAsideReplayed)
            .ShouldBe(1);
        (await Store.ReadReplays(Cancel)).ShouldBe([Some.Programme]);
        var due = await Store.ReadDue(0, 10, Cancel);
        due.Select(subject => (subject.Subject, subject.Kind, subject.Programme)).ShouldBe(
            [(first.Subject, SubjectKind.Vehicle, Some.Programme), (second.Subject, SubjectKind.Vehicle, Some.Programme)]);
        (await Store.ReadDue(due[0].Number, 10, Cancel)).ShouldHaveSingleItem().Subject.ShouldBe(second.Subject);

        await Store.Settle(first.Subject, [Note(first, 4)], Snapshot(9), Cancel);
        await Store.EndReplays(Cancel);
        (await Store.ReadDue(0, 10, Cancel)).ShouldHaveSingleItem().Subject.ShouldBe(second.Subject);
        await Store.Settle(second.Subject, [], Snapshot(9), Cancel);
        await Store.EndReplays(Cancel);
        (await Store.ReadReplays(Cancel)).ShouldBeEmpty();
        (await Store.CountUpTo(10, Cancel)).ShouldBe(2, "what still cannot be valued, and what was noted meanwhile");
    }

    [Fact]
    public async Task A_new_fold_replaces_a_snapshot_that_is_not_later()
    {
        var person = await Enrol();
        await _stage.PostgresLedger.WriteSnapshot(person.Subject, Snapshot(9) with { State = [1] }, Cancel);
        await Store.Settle(person.Subject, [], Snapshot(9) with { State = [2] }, Cancel);
        (await _stage.PostgresLedger.ReadSnapshot(person.Subject, Cancel))!.State.ShouldBe([2]);
        await _stage.PostgresLedger.WriteSnapshot(person.Subject, Snapshot(9) with { State = [1] }, Cancel);
        (await _stage.PostgresLedger.ReadSnapshot(person.Subject, Cancel))!.State.ShouldBe([2], "a late write of the old fold loses");
        await Store.Settle(person.Subject, [], Snapshot(8) with { State = [3] }, Cancel);
        (await _stage.PostgresLedger.ReadSnapshot(person.Subject, Cancel))!.State.ShouldBe([2]);
        await Store.DropSnapshot(person.Subject, Cancel);
        (await _stage.PostgresLedger.ReadSnapshot(person.Subject, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task One_silo_at_a_time_replays()
    {
        await using (await Store.TryLock(Cancel)) (await Store.TryLock(Cancel)).ShouldBeNull();
        await using var free = (await Store.TryLock(Cancel)).ShouldNotBeNull();
    }

    private async Task<NewEnrolment> Enrol()
    {
        var person = Some.Enrolment(Some.Locators(), Some.Handle());
        await _stage.PostgresEnrolments.Enrol(person, Cancel);
        return person;
    }

    private static SetAsideEntry Note(NewEnrolment person, long turn) => new(
        person.Subject, turn, Some.Programme, EntryKind.Event, Some.Day, null, 1, EntryFault.MemberMissing, Rules,
        FoldState.FoldVersion);

    private static Snapshot Snapshot(long turn) => new(turn, Rules, FoldState.FoldVersion, [0]);

    private static NewAdminAction Act() => new(
        Guid.NewGuid(), AdminActions.SetAsideReplayed, Some.Programme, "berta", Some.Start, null, ["Again."], null);
}
