using Microsoft.Extensions.Logging.Abstractions;
using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Erasures;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Retention;
using Scoring.Storage;

namespace Scoring.Notices;

public sealed class PostgresNoticesTests(PostgresServer server) : IAsyncLifetime
{
    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private INoticeLedger Notices => new PostgresNotices(_stage.Database, NullLogger<PostgresNotices>.Instance);

    public async ValueTask InitializeAsync() => _stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Entries_are_read_in_both_directions_and_with_them_where_the_history_ends()
    {
        var (person, handle) = await Enrol();
        for (var i = 0; i < 5; i++) await _stage.PostgresLedger.AppendEvents([Some.Event(handle.Hash, content: $"{i}")], Cancel);
        await Enrol();

        var after = (await Notices.EntriesAfter(person.Subject, 3, 2, Cancel)).ShouldNotBeNull();
        (after.Last, string.Join(' ', after.Entries.Select(entry => entry.Turn))).ShouldBe((7, "4 5"));
        var whole = await _stage.PostgresLedger.ReadSubject(person.Subject, 0, 100, Cancel);
        var all = (await Notices.EntriesAfter(person.Subject, 0, 100, Cancel)).ShouldNotBeNull().Entries;
        all.Select(Print).ShouldBe(whole.Select(Print));
        (await Notices.EntriesAfter(person.Subject, 7, 100, Cancel)).ShouldNotBeNull().Entries.ShouldBeEmpty();
        (await Notices.EntriesAfter(person.Subject, long.MaxValue, 100, Cancel)).ShouldNotBeNull().Last.ShouldBe(7);

        var below = (await Notices.EntriesBelow(person.Subject, 6, 2, Cancel)).ShouldNotBeNull();
        (below.Last, string.Join(' ', below.Entries.Select(entry => entry.Turn))).ShouldBe((7, "5 4"));
        (await Notices.EntriesBelow(person.Subject, 0, 2, Cancel)).ShouldNotBeNull().Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task After_the_fence_nothing_of_a_withdrawn_subject_is_read_though_its_rows_are_not_cleared_yet()
    {
        var (person, _) = await Enrol();
        (await _stage.Withdrawals.Fence(person.Locators[0], Some.Day, SomeCause.Asked, Cancel)).ShouldNotBeNull();
        (await _stage.PostgresLedger.ReadSubject(person.Subject, 0, 10, Cancel)).ShouldNotBeEmpty("the rows are still there");
        (await Notices.EntriesAfter(person.Subject, 0, 10, Cancel)).ShouldBeNull();
        (await Notices.EntriesBelow(person.Subject, 10, 10, Cancel)).ShouldBeNull();
        (await Notices.ReadReach([person.Subject], Cancel)).LastTurns.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_held_row_of_an_expired_history_is_no_notice_and_takes_no_place_of_a_page()
    {
        var (person, handle) = await Enrol();
        for (var i = 0; i < 3; i++) await _stage.PostgresLedger.AppendEvents([Some.Event(handle.Hash, content: $"{i}")], Cancel);
        await _stage.Expirer.Run([new DueDays(Some.Programme, Some.Day, 30, Some.Day.AddDays(800))], long.MaxValue, Cancel);
        (await _stage.Rows<long>($"SELECT turn FROM ledger.entry WHERE subject = {person.Subject.Value} AND kind = 0"))
            .ShouldBe([5], "the last row is held, so that the next turn follows it");
        (await Read(Notices.EntriesAfter(person.Subject, 0, 10, Cancel))).ShouldBe((5, "1"), "the history ends at the held turn");
        (await Read(Notices.EntriesBelow(person.Subject, 6, 1, Cancel))).ShouldBe((5, "1"));
        (await Notices.ReadReach([person.Subject], Cancel)).LastTurns[person.Subject].ShouldBe(5);

        await _stage.PostgresLedger.AppendEvents([Some.Event(handle.Hash) with { Day = Some.Day.AddDays(1) }], Cancel);

        (await Read(Notices.EntriesAfter(person.Subject, 0, 10, Cancel))).ShouldBe((6, "1 6"));
        (await Read(Notices.EntriesAfter(person.Subject, 1, 1, Cancel))).ShouldBe((6, "6"));
        (await Read(Notices.EntriesBelow(person.Subject, long.MaxValue, 2, Cancel))).ShouldBe((6, "6 1"));

        static async Task<(long Last, string Turns)> Read(Task<EntryRun?> reading)
        {
            var run = (await reading).ShouldNotBeNull();
            return (run.Last, string.Join(' ', run.Entries.Select(entry => entry.Turn)));
        }
    }

    [Fact]
    public async Task Acts_are_those_of_the_programme_and_of_all_from_a_day_on()
    {
        var days = new[] { 0, 1, 1, 2, 2, 3 };
        ProgrammeId?[] programmes = [Some.Programme, null, Some.OtherProgramme, Some.Programme, null, Some.OtherProgramme];
        for (var i = 0; i < days.Length; i++) await Record(programmes[i], days[i]);

        (await Acts(Notices.ActsAfter(Some.Programme, Some.Day, 0, 100, Cancel))).ShouldBe((6, "1 2 4 5"));
        (await Acts(Notices.ActsAfter(Some.Programme, Some.Day, 1, 2, Cancel))).ShouldBe((6, "2 4"));
        (await Acts(Notices.ActsAfter(Some.Programme, Some.Day.AddDays(2), 0, 1, Cancel))).ShouldBe((6, "4"));
        (await Acts(Notices.ActsAfter(Some.Programme, Some.Day, 6, 100, Cancel))).ShouldBe((6, ""));
        (await Acts(Notices.ActsBelow(Some.Programme, Some.Day, long.MaxValue, 100, Cancel))).ShouldBe((6, "5 4 2 1"));
        (await Acts(Notices.ActsBelow(Some.Programme, Some.Day, 5, 2, Cancel))).ShouldBe((6, "4 2"));
        (await Acts(Notices.ActsBelow(Some.Programme, Some.Day.AddDays(2), 100, 100, Cancel))).ShouldBe((6, "5 4"));
        (await Acts(Notices.ActsBelow(Some.Programme, Some.Day, 0, 100, Cancel))).ShouldBe((6, ""));
        var (act, body) = (await Notices.ActsAfter(Some.Programme, Some.Day, 0, 1, Cancel)).Acts.Single();
        act.Act.ShouldBe("registered");
        body.ShouldBe(
            await _stage.Scalar<byte[]>(
                "SELECT e.body FROM ledger.act a JOIN ledger.entry e USING (position) WHERE e.partition = 0 AND number = 1"));
    }

    [Fact]
    public async Task One_read_serves_all_subjects_and_leaves_out_withdrawn_ones()
    {
        var (anna, handle) = await Enrol();
        var (berta, _) = await Enrol();
        var (withdrawn, _) = await Enrol();
        await _stage.PostgresLedger.AppendEvents([Some.Event(handle.Hash)], Cancel);
        await _stage.PostgresEnrolments.Withdraw(withdrawn.Locators[0], Some.Day, Some.Request, Cancel);
        await Record(Some.OtherProgramme, 0);
        var reach = await Notices.ReadReach([anna.Subject, berta.Subject, withdrawn.Subject, Some.Subject()], Cancel);
        reach.LastAct.ShouldBe(1);
        reach.LastTurns.Count.ShouldBe(2);
        (reach.LastTurns[anna.Subject], reach.LastTurns[berta.Subject]).ShouldBe((3, 2));
        (await Notices.ReadReach([], Cancel)).LastTurns.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_ledger_without_acts_has_none()
    {
        (await Acts(Notices.ActsAfter(Some.Programme, Some.Day, 0, 10, Cancel))).ShouldBe((0, ""));
        (await Notices.ReadReach([Some.Subject()], Cancel)).LastAct.ShouldBe(0);
    }

    [Fact]
    public async Task A_failing_database_is_reported_as_unavailable_without_its_message()
    {
        await _stage.Execute("ALTER TABLE ledger.act RENAME TO act_gone");
        var exception = await Should.ThrowAsync<LedgerUnavailableException>(Notices.ReadReach([Some.Subject()], Cancel));
        exception.ToString().ShouldNotContain("act");
    }

    private async Task<(NewEnrolment Person, NewHandle Handle)> Enrol()
    {
        var handle = Some.Handle();
        var person = Some.Enrolment(Some.Locators(), handle);
        (await _stage.PostgresEnrolments.Enrol(person, Cancel)).ShouldBe(0);
        return (person, handle);
    }

    private Task<long> Record(ProgrammeId? programme, int day) => _stage.Programmes.Record(
        new NewAdminAction(
            Guid.NewGuid(), AdminActions.Registered, programme, "admin-1", Some.Start.AddDays(day), null, ["Words."], null),
        Cancel);

    private static async Task<(long Last, string Numbers)> Acts(Task<ActRun> run)
    {
        var acts = await run;
        return (acts.Last, string.Join(' ', acts.Acts.Select(act => act.Act.Number)));
    }

    private static string Print(Entry entry) => $"{entry with { Body = [] }} {Convert.ToHexString(entry.Body)}";
}
