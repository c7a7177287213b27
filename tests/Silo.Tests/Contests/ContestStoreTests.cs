using Npgsql;
using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Contests;

/// <summary>Contests on a real PostgreSQL: rows, entries and the public act of one step stand together or not at all.</summary>
public sealed class ContestStoreTests(PostgresServer server) : IAsyncLifetime
{
    private const string Event = "\"data\":{\"n\":1}";
    private static readonly DateOnly Due = Some.Day.AddDays(30);

    private LedgerStage stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task A_contest_repeats_the_event_it_is_about_and_is_told_to_its_source_alone()
    {
        var key = Guid.NewGuid();
        var (who, turns) = await stage.Enrol(key);
        var opened = (await stage.Open(who.Locators[0], turns[0]))!.Value.Contest!;
        (await stage.Told(who, 4)).ShouldBe([
            $$"""ContestOpened 2026-03-01 {{{Event}},"day":"2026-03-01","dueDay":"2026-03-31","ground":"not-mine","source":"s","""
                + "\"turn\":3,\"type\":\"t\"}",
        ]);
        var kept = (await stage.Contests.OfSubject(who.Subject, Cancel)).ShouldHaveSingleItem();
        (kept with { Grounds = opened.Grounds, Number = 0 }).ShouldBe(opened);
        var told = (await stage.Contests.UndecidedOf("s", 0, 10, Cancel)).ShouldHaveSingleItem();
        told.Key.ShouldBe(key);
        told.Grounds.ShouldBe([ContestGround.NotMine]);
        (await stage.Contests.UndecidedOf("s", told.Number, 10, Cancel)).ShouldBeEmpty();
        (await stage.Contests.UndecidedOf("t", 0, 10, Cancel)).ShouldBeEmpty();
        (await stage.Contests.Find(opened.Case, Cancel)).ShouldNotBeNull().Event.Body.ShouldBe(Some.Body());
        (await stage.Contests.Find(Disputes.Case(), Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task What_cannot_be_contested_leaves_nothing()
    {
        var (who, turns) = await stage.Enrol(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var one = Disputes.Limits with { OpenMax = 1 };
        (await stage.Open(who.Locators[0], 1))!.Value.Refusal.ShouldBe(ContestRefusal.EventUnknown, "an enrolment is no event");
        (await stage.Open(who.Locators[0], 99))!.Value.Refusal.ShouldBe(ContestRefusal.EventUnknown);
        (await stage.Open(who.Locators[1], turns[0])).ShouldBeNull("another ordinal");
        (await stage.Open(who.Locators[0], turns[0], limits: one))!.Value.Refusal.ShouldBeNull();
        (await stage.Open(who.Locators[0], turns[0], ContestGround.WrongDay))!.Value.Refusal.ShouldBe(ContestRefusal.ContestedAlready);
        (await stage.Open(who.Locators[0], turns[1], limits: one))!.Value.Refusal.ShouldBe(ContestRefusal.TooMany);
        (await stage.Open(who.Locators[0], turns[1], today: Due.AddDays(1), limits: one))!.Value.Refusal
            .ShouldBeNull("the first is past its due day and open no more");
        await stage.Contests.Open(
            who.Locators[0], turns[2],
            facts => new ContestStep(
                new StoredContest(
                    Disputes.Case(), Some.Programme, turns[2], facts.Event!.Key, "s", [ContestGround.NotMine], Some.Day, Due, null),
                [new EntryToAppend(EntryKind.Corrected, ContestKeys.Corrected(facts.Event.Key), Some.Day, Some.Body())]),
            Cancel);
        await stage.Execute($"DELETE FROM ledger.contest WHERE turn = {turns[2]}");
        (await stage.Open(who.Locators[0], turns[2]))!.Value.Refusal.ShouldBe(ContestRefusal.CorrectedAlready);
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 5")).ShouldBe(2);
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.contest")).ShouldBe(2);
    }

    [Fact]
    public async Task New_material_moves_the_due_day_once_and_only_in_ones_own_contest()
    {
        var (who, turns) = await stage.Enrol(Guid.NewGuid(), Guid.NewGuid());
        var (other, _) = await stage.Enrol(Guid.NewGuid());
        var caseId = (await stage.Open(who.Locators[0], turns[0]))!.Value.Contest!.Case;
        (await stage.AddMaterial(other.Locators[0], caseId, ContestGround.WrongDay, Due)).ShouldBeNull();
        (await stage.AddMaterial(who.Locators[0], caseId, ContestGround.NotMine, Due))!.Value.Refusal.ShouldBe(ContestRefusal.GroundGiven);
        (await stage.AddMaterial(who.Locators[0], caseId, ContestGround.WrongDay, Due.AddDays(1)))!.Value.Refusal
            .ShouldBe(ContestRefusal.Closed);
        var moved = (await stage.AddMaterial(who.Locators[0], caseId, ContestGround.WrongDay, Due))!.Value.Contest!;
        moved.DueOn.ShouldBe(Due.AddDays(15));
        moved.Grounds.ShouldBe([ContestGround.NotMine, ContestGround.WrongDay]);
        (await stage.Told(who, 6)).ShouldBe(["""ContestExtended 2026-03-31 {"dueDay":"2026-04-15","ground":"wrong-day","turn":3}"""]);
        (await stage.AddMaterial(who.Locators[0], caseId, ContestGround.CountedTwice, Due))!.Value.Refusal
            .ShouldBe(ContestRefusal.ExtendedAlready);
        (await stage.Contests.UndecidedOf("s", 0, 10, Cancel)).ShouldHaveSingleItem().Grounds.Length.ShouldBe(2);
    }

    [Fact]
    public async Task An_upheld_contest_takes_the_event_away_and_says_so_in_public_without_saying_whose()
    {
        var (who, turns) = await stage.Enrol(Guid.NewGuid());
        var caseId = (await stage.Open(who.Locators[0], turns[0]))!.Value.Contest!.Case;
        (await stage.Judge(caseId, true, Due))!.Value.Contest!.Verdict!.Upheld.ShouldBeTrue();
        (await stage.Told(who, 5)).ShouldBe([
            """ContestDecided 2026-03-31 {"by":"administrator","reason":"value-was-wrong","turn":3,"upheld":true}""",
            $$"""Corrected 2026-03-31 {{{Event}},"day":"2026-03-01","reason":"value-was-wrong","source":"s","turn":3,"type":"t"}""",
        ]);
        var act = (await stage.Programmes.ReadRecord(Some.Programme, 0, 10, Cancel)).ShouldHaveSingleItem();
        (act.Act, act.By, act.Hash, act.Details).ShouldBe((
            AdminActions.ContestDecided, "an-administrator", null,
            """{"grounds":["not-mine"],"reason":"value-was-wrong","upheld":true}"""));
        act.Words.ShouldBe(["A contest of an event was upheld. Grounds: not-mine. Reason: value-was-wrong."]);
        (await stage.Judge(caseId, true, Due.AddDays(1)))!.Value.Contest!.Verdict!.On.ShouldBe(Due, "the same call again changes nothing");
        (await stage.Judge(caseId, true, Due, who: "another"))!.Value.Refusal.ShouldBe(ContestRefusal.DecidedAlready);
        (await stage.Judge(caseId, false, Due))!.Value.Refusal.ShouldBe(ContestRefusal.DecidedAlready);
        (await stage.AddMaterial(who.Locators[0], caseId, ContestGround.WrongDay, Due))!.Value.Refusal.ShouldBe(ContestRefusal.Closed);
        (await stage.Told(who, 5)).Length.ShouldBe(2);
        (await stage.Programmes.ReadRecord(Some.Programme, 0, 10, Cancel)).Count.ShouldBe(1);
        (await stage.Contests.Undecided(null, 10, Cancel)).ShouldBeEmpty();
        (await stage.Contests.UndecidedOf("s", 0, 10, Cancel)).ShouldBeEmpty();
        await Leaves.Check(stage);
    }

    [Fact]
    public async Task A_rejection_counts_up_to_the_due_day_and_the_platforms_word_only_after_it()
    {
        var (who, turns) = await stage.Enrol(Guid.NewGuid(), Guid.NewGuid());
        var first = (await stage.Open(who.Locators[0], turns[0]))!.Value.Contest!.Case;
        var second = (await stage.Open(who.Locators[0], turns[1]))!.Value.Contest!.Case;
        (await stage.Uphold(second, Due))!.Value.Step.ShouldBeNull("it is not overdue");
        (await stage.Judge(second, false, Due.AddDays(1)))!.Value.Refusal.ShouldBe(ContestRefusal.Overdue);
        (await stage.Judge(first, false, Due))!.Value.Refusal.ShouldBeNull();
        (await stage.Uphold(first, Due.AddDays(1)))!.Value.Refusal.ShouldBe(ContestRefusal.DecidedAlready);
        (await stage.Uphold(second, Due.AddDays(1)))!.Value.Refusal.ShouldBeNull();
        (await stage.Told(who, 7)).Select(told => told[..told.IndexOf('{')].Trim()).ShouldBe(
            ["ContestDecided 2026-03-31", "ContestDecided 2026-04-01", "Corrected 2026-04-01"]);
        (await stage.Programmes.ReadRecord(Some.Programme, 0, 10, Cancel)).Select(act => act.By).ShouldBe(["an-administrator", "platform"]);
    }

    [Fact]
    public async Task A_look_is_an_entry_and_a_case_that_is_gone_cannot_be_looked_at()
    {
        var (who, turns) = await stage.Enrol(Guid.NewGuid());
        var caseId = (await stage.Open(who.Locators[0], turns[0]))!.Value.Contest!.Case;
        (await stage.Look(caseId)).ShouldBeTrue();
        (await stage.Told(who, 5)).ShouldBe(
            [$$"""Looked 2026-03-01 {"at":"2026-03-05T12:00:00Z","by":"administrator","case":"{{caseId}}","purpose":"contest"}"""]);
        await stage.PostgresEnrolments.Withdraw(who.Locators[0], Some.Day, Some.Request, Cancel);
        (await stage.Look(caseId)).ShouldBeFalse();
        (await stage.Judge(caseId, true, Due)).ShouldBeNull();
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.contest")).ShouldBe(0);
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.act")).ShouldBe(0);
    }

    [Fact]
    public async Task A_contest_goes_with_its_event()
    {
        var (who, turns) = await stage.Enrol(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var cases = await Task.WhenAll(turns.Select(async turn => (await stage.Open(who.Locators[0], turn))!.Value.Contest!.Case));
        await stage.Execute(
            "UPDATE ledger.entry SET kind = 0, subject = NULL, turn = NULL, key = NULL, day = NULL, body = NULL WHERE turn IN (3, 4)");
        (await stage.Contests.Find(cases[0], Cancel)).ShouldBeNull();
        (await stage.Judge(cases[0], true, Due)).ShouldBeNull();
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.contest")).ShouldBe(2);
        (await stage.Contests.ForgetGone(Cancel)).ShouldBe(1);
        (await stage.Contests.ForgetGone(Cancel)).ShouldBe(0, "at the end it begins anew");
        (await stage.Rows<string>("SELECT id FROM ledger.contest")).ShouldBe([cases[2]]);
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind IN (4, 6)")).ShouldBe(0);
    }

    [Fact]
    public async Task Numbers_become_visible_in_ascending_order_because_openings_wait_for_each_other()
    {
        var (who, turns) = await stage.Enrol(Guid.NewGuid());
        await using var connection = await stage.Database.OpenOwn(Cancel);
        await using var other = await connection.BeginTransactionAsync(Cancel);
        await using (var first = new NpgsqlCommand(ContestSql.LockNumbers, connection, other)) await first.ExecuteNonQueryAsync(Cancel);
        var opening = stage.Open(who.Locators[0], turns[0]);
        while (await stage.Scalar<long>("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") == 0)
            opening.IsCompleted.ShouldBeFalse("it must wait for the number before");
        (await stage.Contests.UndecidedOf("s", 0, 10, Cancel)).ShouldBeEmpty();
        await other.CommitAsync(Cancel);
        (await opening)!.Value.Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task A_simulation_reads_every_step_that_a_fold_takes()
    {
        var (who, turns) = await stage.Enrol(Guid.NewGuid());
        var caseId = (await stage.Open(who.Locators[0], turns[0]))!.Value.Contest!.Case;
        await stage.AddMaterial(who.Locators[0], caseId, ContestGround.WrongDay, Due);
        await stage.Judge(caseId, true, Due);
        var last = await stage.Bulk.Positions(Cancel);
        var read = new List<EntryKind>();
        for (var partition = 0; partition < last.Length; partition++)
            await foreach (var entry in stage.Bulk.Read(partition, last[partition], Cancel)) read.Add(entry.Kind);
        read.ShouldBe([
            EntryKind.Event, EntryKind.ContestOpened, EntryKind.ContestExtended, EntryKind.ContestDecided, EntryKind.Corrected,
        ]);
    }

    [Fact]
    public async Task Cases_are_listed_by_due_day_in_pages()
    {
        var (who, turns) = await stage.Enrol([.. Enumerable.Range(0, 5).Select(_ => Guid.NewGuid())]);
        foreach (var turn in turns) await stage.Open(who.Locators[0], turn, today: Some.Day.AddDays(turn % 2 == 0 ? 1 : 2));
        var listed = new List<StoredContest>();
        for (CasePlace? after = null; (await stage.Contests.Undecided(after, 2, Cancel)) is { Count: > 0 } page;)
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
        var (who, turns) = await stage.Enrol(Guid.NewGuid());
        await stage.Open(who.Locators[0], turns[0]);
        (await Should.ThrowAsync<PostgresException>(stage.Execute($"UPDATE ledger.contest SET {change}"))).SqlState
            .ShouldBe(PostgresErrorCodes.CheckViolation);
    }
}
