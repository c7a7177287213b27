using Npgsql;
using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Contests;

/// <summary>Contests on a real PostgreSQL: the rows, the entries and the act of one step are stored together or not at all.</summary>
public sealed class PostgresContestsTests(PostgresServer server) : IAsyncLifetime
{
    private const string Event = "\"data\":{\"n\":1}";
    private static readonly DateOnly Due = Some.Day.AddDays(30);

    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_contest_repeats_its_event_and_is_listed_for_its_source_alone()
    {
        var key = Guid.NewGuid();
        var (owner, turns) = await _stage.Enrol(key);
        var opened = (await _stage.Open(owner.Locators[0], turns[0]))!.Value.Contest!;
        (await _stage.Entries(owner, 4)).ShouldBe([
            $$"""ContestOpened 2026-03-01 {{{Event}},"day":"2026-03-01","dueDay":"2026-03-31","ground":"not-mine","source":"s","""
                + "\"turn\":3,\"type\":\"t\"}",
        ]);
        var kept = (await _stage.Contests.OfSubject(owner.Subject, Cancel)).ShouldHaveSingleItem();
        (kept with { Grounds = opened.Grounds, Number = 0 }).ShouldBe(opened);
        var listed = (await _stage.Contests.UndecidedOf("s", 0, 10, Cancel)).ShouldHaveSingleItem();
        listed.Key.ShouldBe(key);
        listed.Grounds.ShouldBe([ContestGround.NotMine]);
        (await _stage.Contests.UndecidedOf("s", listed.Number, 10, Cancel)).ShouldBeEmpty();
        (await _stage.Contests.UndecidedOf("t", 0, 10, Cancel)).ShouldBeEmpty();
        (await _stage.Contests.Find(opened.Case, Cancel)).ShouldNotBeNull().Event.Body.ShouldBe(Some.Body());
        (await _stage.Contests.Find(ContestStageExtensions.Case(), Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task An_entry_that_cannot_be_contested_leaves_no_contest()
    {
        var (owner, turns) = await _stage.Enrol(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var one = ContestStageExtensions.Limits with { OpenMax = 1 };
        (await _stage.Open(owner.Locators[0], 1))!.Value.Refusal.ShouldBe(ContestRefusal.EventUnknown, "an enrolment is no event");
        (await _stage.Open(owner.Locators[0], 99))!.Value.Refusal.ShouldBe(ContestRefusal.EventUnknown);
        (await _stage.Open(owner.Locators[1], turns[0])).ShouldBeNull("another ordinal");
        (await _stage.Open(owner.Locators[0], turns[0], limits: one))!.Value.Refusal.ShouldBeNull();
        (await _stage.Open(owner.Locators[0], turns[0], ContestGround.WrongDay))!.Value.Refusal.ShouldBe(ContestRefusal.ContestedAlready);
        (await _stage.Open(owner.Locators[0], turns[1], limits: one))!.Value.Refusal.ShouldBe(ContestRefusal.TooMany);
        (await _stage.Open(owner.Locators[0], turns[1], today: Due.AddDays(1), limits: one))!.Value.Refusal
            .ShouldBeNull("the first is past its due day and no longer open");
        await _stage.Contests.Open(
            owner.Locators[0], turns[2],
            facts => new ContestStep(
                new StoredContest(
                    ContestStageExtensions.Case(), Some.Programme, turns[2], facts.Event!.Key, "s", [ContestGround.NotMine], Some.Day, Due,
                    null),
                [new EntryToAppend(EntryKind.Corrected, ContestKeys.Corrected(facts.Event.Key), Some.Day, Some.Body())]),
            Cancel);
        await _stage.Execute($"DELETE FROM ledger.contest WHERE turn = {turns[2]}");
        (await _stage.Open(owner.Locators[0], turns[2]))!.Value.Refusal.ShouldBe(ContestRefusal.CorrectedAlready);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 5")).ShouldBe(2);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.contest")).ShouldBe(2);
    }

    [Fact]
    public async Task Undecided_contests_are_listed_with_their_events_days_while_the_events_exist()
    {
        var (owner, turns) = await _stage.Enrol(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        foreach (var turn in turns) await _stage.Open(owner.Locators[0], turn);
        var all = await _stage.Contests.UndecidedWithDay(null, 10, Cancel);
        all.Select(waiting => (waiting.Subject, waiting.Contest.Turn, waiting.EventDay)).ShouldBe(
            turns.Select(turn => (owner.Subject, turn, Some.Day)));
        var place = new CasePlace(all[0].Contest.DueOn, all[0].Contest.Number);
        (await _stage.Contests.UndecidedWithDay(place, 1, Cancel)).Single().Contest.Turn.ShouldBe(turns[1]);
        await _stage.Judge(all[0].Contest.Case, true, Due);
        await _stage.Execute($"UPDATE ledger.entry SET body = NULL WHERE turn = {turns[1]}");
        (await _stage.Contests.UndecidedWithDay(null, 10, Cancel)).Single().Contest.Turn.ShouldBe(turns[2]);
    }

    [Fact]
    public async Task New_material_moves_the_due_day_once_and_only_in_ones_own_contest()
    {
        var (owner, turns) = await _stage.Enrol(Guid.NewGuid(), Guid.NewGuid());
        var (other, _) = await _stage.Enrol(Guid.NewGuid());
        var caseId = (await _stage.Open(owner.Locators[0], turns[0]))!.Value.Contest!.Case;
        (await _stage.AddMaterial(other.Locators[0], caseId, ContestGround.WrongDay, Due)).ShouldBeNull();
        (await _stage.AddMaterial(owner.Locators[0], caseId, ContestGround.NotMine, Due))!.Value.Refusal.ShouldBe(
            ContestRefusal.GroundGiven);
        (await _stage.AddMaterial(owner.Locators[0], caseId, ContestGround.WrongDay, Due.AddDays(1)))!.Value.Refusal
            .ShouldBe(ContestRefusal.Closed);
        var moved = (await _stage.AddMaterial(owner.Locators[0], caseId, ContestGround.WrongDay, Due))!.Value.Contest!;
        moved.DueOn.ShouldBe(Due.AddDays(15));
        moved.Grounds.ShouldBe([ContestGround.NotMine, ContestGround.WrongDay]);
        (await _stage.Entries(owner, 6)).ShouldBe(["""ContestExtended 2026-03-31 {"dueDay":"2026-04-15","ground":"wrong-day","turn":3}"""]);
        (await _stage.AddMaterial(owner.Locators[0], caseId, ContestGround.CountedTwice, Due))!.Value.Refusal
            .ShouldBe(ContestRefusal.ExtendedAlready);
        (await _stage.Contests.UndecidedOf("s", 0, 10, Cancel)).ShouldHaveSingleItem().Grounds.Length.ShouldBe(2);
    }

    [Fact]
    public async Task An_upheld_contest_corrects_the_event_and_is_a_public_act_without_its_subject()
    {
        var (owner, turns) = await _stage.Enrol(Guid.NewGuid());
        var caseId = (await _stage.Open(owner.Locators[0], turns[0]))!.Value.Contest!.Case;
        (await _stage.Judge(caseId, true, Due))!.Value.Contest!.Verdict!.Upheld.ShouldBeTrue();
        (await _stage.Entries(owner, 5)).ShouldBe([
            """ContestDecided 2026-03-31 {"by":"administrator","reason":"value-was-wrong","turn":3,"upheld":true}""",
            $$"""Corrected 2026-03-31 {{{Event}},"day":"2026-03-01","reason":"value-was-wrong","source":"s","turn":3,"type":"t"}""",
        ]);
        var act = (await _stage.Programmes.ReadRecord(Some.Programme, 0, 10, Cancel)).ShouldHaveSingleItem();
        (act.Act, act.By, act.Hash, act.Details).ShouldBe((
            AdminActions.ContestDecided, "an-administrator", null,
            """{"grounds":["not-mine"],"reason":"value-was-wrong","upheld":true}"""));
        act.Words.ShouldBe(["A contest of an event was upheld. Grounds: not-mine. Reason: value-was-wrong."]);
        (await _stage.Judge(caseId, true, Due.AddDays(1)))!.Value.Contest!.Verdict!.On.ShouldBe(Due, "the same call again changes nothing");
        (await _stage.Judge(caseId, true, Due, administrator: "another"))!.Value.Refusal.ShouldBe(ContestRefusal.DecidedAlready);
        (await _stage.Judge(caseId, false, Due))!.Value.Refusal.ShouldBe(ContestRefusal.DecidedAlready);
        (await _stage.AddMaterial(owner.Locators[0], caseId, ContestGround.WrongDay, Due))!.Value.Refusal.ShouldBe(ContestRefusal.Closed);
        (await _stage.Entries(owner, 5)).Length.ShouldBe(2);
        (await _stage.Programmes.ReadRecord(Some.Programme, 0, 10, Cancel)).Count.ShouldBe(1);
        (await _stage.Contests.Undecided(null, 10, Cancel)).ShouldBeEmpty();
        (await _stage.Contests.UndecidedOf("s", 0, 10, Cancel)).ShouldBeEmpty();
        await LeafAssertions.Check(_stage);
    }

    [Fact]
    public async Task A_rejection_is_taken_up_to_the_due_day_and_the_decision_of_the_platform_only_after_it()
    {
        var (owner, turns) = await _stage.Enrol(Guid.NewGuid(), Guid.NewGuid());
        var first = (await _stage.Open(owner.Locators[0], turns[0]))!.Value.Contest!.Case;
        var second = (await _stage.Open(owner.Locators[0], turns[1]))!.Value.Contest!.Case;
        (await _stage.Uphold(second, Due))!.Value.Step.ShouldBeNull("the contest is not overdue");
        (await _stage.Judge(second, false, Due.AddDays(1)))!.Value.Refusal.ShouldBe(ContestRefusal.Overdue);
        (await _stage.Judge(first, false, Due))!.Value.Refusal.ShouldBeNull();
        (await _stage.Uphold(first, Due.AddDays(1)))!.Value.Refusal.ShouldBe(ContestRefusal.DecidedAlready);
        (await _stage.Uphold(second, Due.AddDays(1)))!.Value.Refusal.ShouldBeNull();
        (await _stage.Entries(owner, 7)).Select(entry => entry[..entry.IndexOf('{')].Trim()).ShouldBe(
            ["ContestDecided 2026-03-31", "ContestDecided 2026-04-01", "Corrected 2026-04-01"]);
        (await _stage.Programmes.ReadRecord(Some.Programme, 0, 10, Cancel)).Select(act => act.By)
            .ShouldBe(["an-administrator", "platform"]);
    }

    [Fact]
    public async Task An_access_is_an_entry_and_an_erased_case_cannot_be_read()
    {
        var (owner, turns) = await _stage.Enrol(Guid.NewGuid());
        var caseId = (await _stage.Open(owner.Locators[0], turns[0]))!.Value.Contest!.Case;
        (await _stage.AppendAccess(caseId)).ShouldBeTrue();
        (await _stage.Entries(owner, 5)).ShouldBe(
            [$$"""Looked 2026-03-01 {"at":"2026-03-05T12:00:00Z","by":"administrator","case":"{{caseId}}","purpose":"contest"}"""]);
        await _stage.PostgresEnrolments.Withdraw(owner.Locators[0], Some.Day, Some.Request, Cancel);
        (await _stage.AppendAccess(caseId)).ShouldBeFalse();
        (await _stage.Judge(caseId, true, Due)).ShouldBeNull();
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.contest")).ShouldBe(0);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.act")).ShouldBe(0);
    }

    [Fact]
    public async Task A_contest_is_removed_with_its_event()
    {
        var (owner, turns) = await _stage.Enrol(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var cases = await Task.WhenAll(turns.Select(async turn => (await _stage.Open(owner.Locators[0], turn))!.Value.Contest!.Case));
        await _stage.Execute(
            "UPDATE ledger.entry SET kind = 0, subject = NULL, turn = NULL, key = NULL, day = NULL, body = NULL WHERE turn IN (3, 4)");
        (await _stage.Contests.Find(cases[0], Cancel)).ShouldBeNull();
        (await _stage.Judge(cases[0], true, Due)).ShouldBeNull();
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.contest")).ShouldBe(2);
        (await _stage.Contests.ForgetGone(Cancel)).ShouldBe(1);
        (await _stage.Contests.ForgetGone(Cancel)).ShouldBe(0, "the next run starts from the beginning");
        (await _stage.Rows<string>("SELECT id FROM ledger.contest")).ShouldBe([cases[2]]);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind IN (4, 6)")).ShouldBe(0);
    }

    [Fact]
    public async Task Numbers_become_visible_in_ascending_order_because_openings_wait_for_each_other()
    {
        var (owner, turns) = await _stage.Enrol(Guid.NewGuid());
        await using var connection = await _stage.Database.OpenOwn(Cancel);
        await using var other = await connection.BeginTransactionAsync(Cancel);
        await using (var first = new NpgsqlCommand(ContestSql.LockNumbers, connection, other)) await first.ExecuteNonQueryAsync(Cancel);
        var opening = _stage.Open(owner.Locators[0], turns[0]);
        while (await _stage.Scalar<long>("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") == 0)
            opening.IsCompleted.ShouldBeFalse("it must wait for the number before");
        (await _stage.Contests.UndecidedOf("s", 0, 10, Cancel)).ShouldBeEmpty();
        await other.CommitAsync(Cancel);
        (await opening)!.Value.Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task A_simulation_reads_every_step_that_a_fold_takes()
    {
        var (owner, turns) = await _stage.Enrol(Guid.NewGuid());
        var caseId = (await _stage.Open(owner.Locators[0], turns[0]))!.Value.Contest!.Case;
        await _stage.AddMaterial(owner.Locators[0], caseId, ContestGround.WrongDay, Due);
        await _stage.Judge(caseId, true, Due);
        var last = await _stage.Simulation.Positions(Cancel);
        var read = new List<EntryKind>();
        for (var partition = 0; partition < last.Length; partition++)
            await foreach (var entry in _stage.Simulation.Read(partition, last[partition], Cancel)) read.Add(entry.Kind);
        read.ShouldBe([
            EntryKind.Event, EntryKind.ContestOpened, EntryKind.ContestExtended, EntryKind.ContestDecided, EntryKind.Corrected,
        ]);
    }

    [Fact]
    public async Task Cases_are_listed_by_due_day_in_pages()
    {
        var (owner, turns) = await _stage.Enrol([.. Enumerable.Range(0, 5).Select(_ => Guid.NewGuid())]);
        foreach (var turn in turns) await _stage.Open(owner.Locators[0], turn, today: Some.Day.AddDays(turn % 2 == 0 ? 1 : 2));
        var listed = new List<StoredContest>();
        for (CasePlace? after = null; (await _stage.Contests.Undecided(after, 2, Cancel)) is { Count: > 0 } page;)
        {
            listed.AddRange(page);
            after = new CasePlace(page[^1].DueOn, page[^1].Number);
        }
        listed.Select(contest => contest.Turn).ShouldBe([4, 6, 3, 5, 7]);
    }

    [Theory]
    [InlineData("grounds = ARRAY['He was rude to me.']")]
    [InlineData("grounds = ARRAY[]::text[]")]
    [InlineData("grounds = ARRAY['not-mine', 'wrong-day', 'wrong-value']")]
    [InlineData("source = 'a source with prose'")]
    [InlineData("due = opened + 46")]
    [InlineData("upheld = true")]
    [InlineData("upheld = false, reason = 'outside-purpose', decided = due, verdict = event_key")]
    [InlineData("upheld = true, reason = 'because', decided = due, verdict = event_key")]
    [InlineData("id = 'short'")]
    public async Task No_prose_fits_into_a_row(string change)
    {
        var (owner, turns) = await _stage.Enrol(Guid.NewGuid());
        await _stage.Open(owner.Locators[0], turns[0]);
        (await Should.ThrowAsync<PostgresException>(_stage.Execute($"UPDATE ledger.contest SET {change}"))).SqlState
            .ShouldBe(PostgresErrorCodes.CheckViolation);
    }
}
