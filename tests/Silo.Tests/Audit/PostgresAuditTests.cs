using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Audit;

public sealed class PostgresAuditTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly DateOnly Today = new(2026, 3, 1);

    private LedgerStage _stage = null!;
    private PostgresAudit _audit = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _stage = await LedgerStage.Open(server);
        _audit = new PostgresAudit(
            _stage.Database, _stage.Heads, LedgerStage.EnrolmentOptions, NullLogger<PostgresAudit>.Instance);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_case_is_a_public_act_and_found_by_its_auditor_alone()
    {
        var opened = await Case("one");
        (await _audit.FindCase(opened.Case, "one", Cancel)).ShouldBe(opened);
        (await _audit.FindCase(opened.Case, "two", Cancel)).ShouldBeNull();
        (await _stage.Scalar<string>("SELECT convert_from(body, 'UTF8') FROM ledger.entry WHERE kind = 16")).ShouldContain("audit-opened");
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.act")).ShouldBe(1);
        await Should.ThrowAsync<Npgsql.PostgresException>(() => _stage.Execute("UPDATE ledger.audit_case SET expires = expires + 1"));
    }

    [Fact]
    public async Task Cases_a_day_and_auditor_are_limited_even_under_concurrent_requests()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => TryOpen("one", 5)));
        opened.Count(one => one).ShouldBe(5);
        (await TryOpen("two", 5)).ShouldBeTrue();
        (await TryOpen("one", 5, Today.AddDays(1))).ShouldBeTrue();
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.act")).ShouldBe(7);
    }

    [Fact]
    public async Task Every_kind_of_lookup_finds_its_subject_in_its_programme_while_it_takes_part()
    {
        var one = await Enrol();
        var key = Guid.NewGuid();
        var hash = Some.Hash();
        await _stage.PostgresEnrolments.Grant(one.Locators[0], Some.Grant(hash), 9, Cancel);
        (await _stage.PostgresLedger.AppendQuery(Some.Query(hash, key), Cancel)).ShouldNotBeNull();
        var code = Some.Hash();
        (await AddCode(one, code)).ShouldBe(true);
        SubjectLookup[] lookups = [Lookup() with { Reference = key }, Lookup() with { CodeHash = code }];
        foreach (var lookup in lookups)
        {
            var found = (await Resolve(lookup)).ShouldNotBeNull();
            (found.Subject, found.Kind, found.NamedTurn.HasValue).ShouldBe((one.Subject, one.Kind, lookup.Reference is not null));
            (await _audit.Resolve(lookup, Some.OtherProgramme, Today, Cancel)).ShouldBeNull("another programme's case");
        }
        (await _audit.Resolve(lookups[1], Some.Programme, Today.AddDays(10), Cancel)).ShouldBeNull("a code that has ended");
        foreach (var unknown in (SubjectLookup[])[
            Lookup() with { Reference = Guid.NewGuid() }, Lookup() with { CodeHash = Some.Hash() },
            Lookup() with { Contest = new string('A', 22) },
            Lookup() with { Draw = new string('A', 22), Pick = 1 }])
            (await Resolve(unknown)).ShouldBeNull();

        await _stage.PostgresEnrolments.Restrict(one.Locators[0], true, Some.Entry(EntryKind.Restricted), Cancel);
        foreach (var lookup in lookups) (await Resolve(lookup)).ShouldBeNull("restricted");
        await _stage.PostgresEnrolments.Restrict(one.Locators[0], false, Some.Entry(EntryKind.RestrictionLifted), Cancel);
        foreach (var lookup in lookups) (await Resolve(lookup)).ShouldNotBeNull();
        (await _stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel)).ShouldNotBeNull();
        foreach (var lookup in lookups) (await Resolve(lookup)).ShouldBeNull("left");
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.audit_code")).ShouldBe(0);
    }

    [Fact]
    public async Task An_access_is_an_entry_before_the_answer_and_a_repeat_is_the_same_entry()
    {
        var one = await Enrol();
        var code = Some.Hash();
        await AddCode(one, code);
        var lookup = Lookup() with { CodeHash = code };
        var entry = Some.Entry(EntryKind.Looked);
        (await _audit.HasAccess(one.Subject, entry.Key, Cancel)).ShouldBeFalse();
        var turns = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AppendAccess(lookup, one, entry)));
        turns.Distinct().ShouldBe([4L]);
        (await _stage.PostgresLedger.ReadSubject(one.Subject, 3, 9, Cancel)).ShouldHaveSingleItem().Kind.ShouldBe(EntryKind.Looked);
        (await _audit.HasAccess(one.Subject, entry.Key, Cancel)).ShouldBeTrue();
        (await AppendAccess(lookup, await Enrol(), Some.Entry(EntryKind.Looked))).ShouldBeNull("the lookup leads to another subject");

        await _stage.PostgresEnrolments.Restrict(one.Locators[0], true, Some.Entry(EntryKind.Restricted), Cancel);
        (await _audit.HasAccess(one.Subject, entry.Key, Cancel)).ShouldBeFalse();
        (await AppendAccess(lookup, one, Some.Entry(EntryKind.Looked))).ShouldBeNull();
        await _stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel);
        (await _audit.HasAccess(one.Subject, entry.Key, Cancel)).ShouldBeFalse();
        (await AppendAccess(lookup, one, Some.Entry(EntryKind.Looked))).ShouldBeNull();
        await _stage.ShouldBeConserved();
    }

    [Fact]
    public async Task Concurrent_accesses_and_withdrawals_leave_nothing_behind()
    {
        for (var round = 0; round < 30; round++)
        {
            var one = await Enrol();
            var code = Some.Hash();
            await AddCode(one, code);
            var lookup = Lookup() with { CodeHash = code };
            var accesses = Enumerable.Range(0, 4).Select(_ => AppendAccess(lookup, one, Some.Entry(EntryKind.Looked))).ToArray();
            var withdrawing = _stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel);
            await Task.WhenAll([.. accesses, withdrawing]);
            (await _stage.Scalar<long>($"SELECT count(*) FROM ledger.entry WHERE subject = {one.Subject.Value}")).ShouldBe(0);
        }
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.audit_code")).ShouldBe(0);
        await _stage.ShouldBeConserved();
    }

    [Fact]
    public async Task As_of_a_turn_or_a_position_there_is_a_day_and_a_last_turn()
    {
        var handle = Some.Handle();
        var one = Some.Enrolment(Some.Locators(), handle);
        await _stage.PostgresEnrolments.Enrol(one, Cancel);
        await _stage.PostgresLedger.AppendEvents(
            [.. Enumerable.Range(0, 3).Select(i => Some.Event(handle.Hash) with { Day = Some.Day.AddDays(5 - i) })], Cancel);
        var positions = await _stage.Rows<long>($"SELECT position FROM ledger.entry WHERE subject = {one.Subject.Value} ORDER BY turn");
        for (var turn = 1; turn <= positions.Count; turn++)
        {
            (await _audit.LastTurn(one.Subject, positions[turn - 1], Cancel)).ShouldBe(turn);
            (await _audit.LastTurn(one.Subject, positions[turn - 1] - 1, Cancel)).ShouldBe(turn - 1);
        }
        (await _audit.DayOf(one.Subject, 4, Cancel)).ShouldBe((EntryKind.Event, Some.Day.AddDays(4), Some.Day.AddDays(5)));
        (await _audit.DayOf(one.Subject, 6, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_draw_is_fixed_once_by_positions_and_a_withdrawal_leaves_it()
    {
        var opened = await Case("one");
        var people = new List<NewEnrolment>();
        for (var i = 0; i < 5; i++) people.Add(await Enrol());
        var elsewhere = Some.Enrolment(Some.Locators(), Some.Handle()) with { Programme = Some.OtherProgramme };
        await _stage.PostgresEnrolments.Enrol(elsewhere, Cancel);
        await _stage.PostgresEnrolments.Restrict(people[4].Locators[0], true, Some.Entry(EntryKind.Restricted), Cancel);
        var places = new List<DrawPick>();
        foreach (var row in await _stage.Rows<string>(
            "SELECT partition || ' ' || position || ' ' || coalesce(subject, 0) FROM ledger.entry ORDER BY partition, position"))
        {
            var parts = row.Split(' ').Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();
            places.Add(new DrawPick(0, places.Count, (int)parts[0], parts[1]));
        }
        places.Add(new DrawPick(0, places.Count, 3, 4000));
        var draw = new string('D', 22);
        (await _audit.RequestDraw(draw, opened.Case, 3, 7, 5, Cancel)).ShouldBeTrue();
        (await _audit.FindDraw(draw, "two", Cancel)).ShouldBeNull();
        (await _audit.FindDraw(draw, "one", Cancel))!.Value.Draw.FixedBy.ShouldBeNull();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _audit.FixDraw(draw, Some.Programme, 8, places, 3, Cancel)));

        var found = (await _audit.FindDraw(draw, "one", Cancel))!.Value.Draw;
        (found.FixedBy, found.AskedAfter, found.Picks.Length).ShouldBe((8, 7, 3));
        found.Picks.Select(pick => pick.Pick).ShouldBe([1, 2, 3]);
        found.Picks.Select(pick => pick.Candidate).ShouldBe(found.Picks.Select(pick => pick.Candidate).Order());
        var drawn = new List<long>();
        foreach (var pick in found.Picks)
            drawn.Add((await Resolve(Lookup() with { Draw = draw, Pick = pick.Pick, Case = opened.Case })).ShouldNotBeNull().Subject.Value);
        drawn.Distinct().Count().ShouldBe(3);
        drawn.ShouldBeSubsetOf(people[..4].Select(person => person.Subject.Value));
        (await Resolve(Lookup() with { Draw = draw, Pick = 1, Case = new string('X', 22) })).ShouldBeNull("another case's draw");

        var withdrawn = people.Single(person => person.Subject.Value == drawn[0]);
        await _stage.PostgresEnrolments.Withdraw(withdrawn.Locators[0], Some.Day, Some.Request, Cancel);
        (await _audit.FindDraw(draw, "one", Cancel))!.Value.Draw.Picks.Select(pick => pick.Pick).ShouldBe([2, 3]);
    }

    [Fact]
    public async Task A_draw_and_a_concurrent_withdrawal_do_not_conflict_and_the_next_run_fixes_the_draw()
    {
        var opened = await Case("one");
        for (var round = 0; round < 25; round++)
        {
            NewEnrolment[] people = [await Enrol(), await Enrol()];
            var places = await PlacesOf(people);
            var draw = $"{round:00}{new string('D', 20)}";
            (await _audit.RequestDraw(draw, opened.Case, 2, 0, 99, Cancel)).ShouldBeTrue();
            await Task.WhenAll(
                _audit.FixDraw(draw, Some.Programme, 1, places, 2, Cancel),
                _stage.PostgresEnrolments.Withdraw(people[0].Locators[0], Some.Day, Some.Request, Cancel));
            await _audit.FixDraw(draw, Some.Programme, 1, places, 2, Cancel);
            var found = (await _audit.FindDraw(draw, "one", Cancel))!.Value.Draw;
            (found.FixedBy, found.Picks.Length).ShouldBe((1, 1));
        }
        _stage.Log.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_draw_that_waits_behind_a_withdrawal_stays_open_without_an_alarm_and_is_fixed_by_the_next_request()
    {
        var log = new List<string>();
        var audit = new PostgresAudit(
            _stage.Database, _stage.Heads, LedgerStage.EnrolmentOptions, new LedgerStage.ListLogger<PostgresAudit>(log));
        var opened = await Case("one");
        NewEnrolment[] people = [await Enrol(), await Enrol()];
        var places = await PlacesOf(people);
        var draw = new string('D', 22);
        (await audit.RequestDraw(draw, opened.Case, 2, 0, 5, Cancel)).ShouldBeTrue();
        Task fixing;
        await using (var connection = await _stage.Database.OpenOwn(Cancel))
        await using (var withdrawal = await connection.BeginTransactionAsync(Cancel))
        {
            await using var delete = new Npgsql.NpgsqlCommand(
                $"DELETE FROM ledger.enrolment WHERE subject = {people[0].Subject.Value}", connection, withdrawal);
            await delete.ExecuteNonQueryAsync(Cancel);
            fixing = audit.FixDraw(draw, Some.Programme, 1, places, 2, Cancel);
            while (await _stage.Scalar<long>(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0)
                Cancel.ThrowIfCancellationRequested();
            await withdrawal.CommitAsync(Cancel);
        }

        await Should.NotThrowAsync(fixing);
        (await audit.FindDraw(draw, "one", Cancel))!.Value.Draw.FixedBy.ShouldBeNull();
        await audit.FixDraw(draw, Some.Programme, 1, places, 2, Cancel);
        var found = (await audit.FindDraw(draw, "one", Cancel))!.Value.Draw;
        (found.FixedBy, found.Picks.Length).ShouldBe((1, 1));
        log.ShouldBeEmpty("a conflict is logged as a defect, and this is none");
    }

    [Fact]
    public async Task Draws_and_codes_are_limited_even_under_concurrent_requests()
    {
        var opened = await Case("one");
        var asked = await Task.WhenAll(
            Enumerable.Range(0, 9).Select(i => _audit.RequestDraw($"{i}{new string('D', 21)}", opened.Case, 1, 0, 4, Cancel)));
        asked.Count(one => one).ShouldBe(4);
        var person = await Enrol();
        var added = await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => AddCode(person, Some.Hash())));
        added.Count(one => one == true).ShouldBe(3);
        (await _audit.AddCode(
            person.Locators[0], Some.Hash(), Today.AddDays(6), Today.AddDays(7), 3, Some.Entry(EntryKind.AuditCodeGiven), Cancel))
            .ShouldBe(true, "ended codes do not count");
        (await _audit.AddCode(Some.Hash(), Some.Hash(), Today, Today, 3, Some.Entry(EntryKind.AuditCodeGiven), Cancel)).ShouldBeNull();
    }

    private async Task<DrawPick[]> PlacesOf(NewEnrolment[] people)
    {
        var subjects = string.Join(',', people.Select(one => one.Subject.Value));
        return (await _stage.Rows<string>($"SELECT partition || ' ' || position FROM ledger.entry WHERE subject IN ({subjects})"))
            .Select(
                (row, i) => new DrawPick(
                    0, i, int.Parse(row.Split(' ')[0], CultureInfo.InvariantCulture),
                    long.Parse(row.Split(' ')[1], CultureInfo.InvariantCulture)))
            .ToArray();
    }

    private async Task<AuditCase> Case(string auditor)
    {
        var opened = NewCase(Today);
        (await _audit.OpenCase(opened, auditor, 99, AuditEntries.Opened(opened, auditor, Some.Start), Cancel)).ShouldBeTrue();
        return opened;
    }

    private Task<bool> TryOpen(string auditor, int casesMax, DateOnly? day = null)
    {
        var opened = NewCase(day ?? Today);
        return _audit.OpenCase(opened, auditor, casesMax, AuditEntries.Opened(opened, auditor, Some.Start), Cancel);
    }

    private static AuditCase NewCase(DateOnly day) => new(
        System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)), Some.Programme,
        AuditPurpose.Supervision, day, day.AddDays(9));

    private async Task<NewEnrolment> Enrol()
    {
        var enrolment = Some.Enrolment(Some.Locators(), Some.Handle());
        (await _stage.PostgresEnrolments.Enrol(enrolment, Cancel)).ShouldBe(0);
        return enrolment;
    }

    private Task<bool?> AddCode(NewEnrolment enrolment, byte[] hash) =>
        _audit.AddCode(enrolment.Locators[0], hash, Today, Today.AddDays(5), 3, Some.Entry(EntryKind.AuditCodeGiven), Cancel);

    private Task<ResolvedSubject?> Resolve(SubjectLookup lookup) => _audit.Resolve(lookup, Some.Programme, Today, Cancel);

    private Task<long?> AppendAccess(SubjectLookup lookup, NewEnrolment enrolment, EntryToAppend entry) =>
        _audit.AppendAccess(lookup, Some.Programme, Today, enrolment.Subject, entry, Cancel);

    private static SubjectLookup Lookup() => new(null, null, null, null, 0, "");
}
