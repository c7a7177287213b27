using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Audit;

public sealed class AuditStoreTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly DateOnly Today = new(2026, 3, 1);

    private LedgerStage stage = null!;
    private PostgresAudit audit = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        stage = await LedgerStage.Open(server);
        audit = new PostgresAudit(
            stage.Database, stage.Heads, LedgerStage.EnrolmentOptions, NullLogger<PostgresAudit>.Instance);
    }

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task A_case_is_a_public_act_and_its_auditors_alone()
    {
        var opened = await Case("one");
        (await audit.FindCase(opened.Case, "one", Cancel)).ShouldBe(opened);
        (await audit.FindCase(opened.Case, "two", Cancel)).ShouldBeNull();
        (await stage.Scalar<string>("SELECT convert_from(body, 'UTF8') FROM ledger.entry WHERE kind = 16")).ShouldContain("audit-opened");
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.act")).ShouldBe(1);
        await Should.ThrowAsync<Npgsql.PostgresException>(() => stage.Execute("UPDATE ledger.audit_case SET expires = expires + 1"));
    }

    [Fact]
    public async Task So_many_cases_a_day_and_auditor_and_no_more_even_at_once()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => TryOpen("one", 5)));
        opened.Count(one => one).ShouldBe(5);
        (await TryOpen("two", 5)).ShouldBeTrue();
        (await TryOpen("one", 5, Today.AddDays(1))).ShouldBeTrue();
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.act")).ShouldBe(7);
    }

    [Fact]
    public async Task Every_name_leads_to_its_subject_in_its_programme_while_it_takes_part()
    {
        var (one, key, hash) = (await Enrol(), Guid.NewGuid(), Some.Hash());
        await stage.PostgresEnrolments.Grant(one.Locators[0], Some.Grant(hash), 9, Cancel);
        (await stage.PostgresLedger.AppendQuery(Some.Query(hash, key), Cancel)).ShouldNotBeNull();
        var code = Some.Hash();
        (await AddCode(one, code)).ShouldBe(true);
        SubjectLookup[] ways = [Way() with { Reference = key }, Way() with { CodeHash = code }];
        foreach (var way in ways)
        {
            var found = (await Resolve(way)).ShouldNotBeNull();
            (found.Subject, found.Kind, found.NamedTurn.HasValue).ShouldBe((one.Subject, one.Kind, way.Reference is not null));
            (await audit.Resolve(way, Some.OtherProgramme, Today, Cancel)).ShouldBeNull("another programme's case");
        }
        (await audit.Resolve(ways[1], Some.Programme, Today.AddDays(10), Cancel)).ShouldBeNull("a code that has ended");
        foreach (var nobody in (SubjectLookup[])[
            Way() with { Reference = Guid.NewGuid() }, Way() with { CodeHash = Some.Hash() }, Way() with { Contest = new string('A', 22) },
            Way() with { Draw = new string('A', 22), Pick = 1 }])
            (await Resolve(nobody)).ShouldBeNull();

        await stage.PostgresEnrolments.Restrict(one.Locators[0], true, Some.Entry(EntryKind.Restricted), Cancel);
        foreach (var way in ways) (await Resolve(way)).ShouldBeNull("paused");
        await stage.PostgresEnrolments.Restrict(one.Locators[0], false, Some.Entry(EntryKind.RestrictionLifted), Cancel);
        foreach (var way in ways) (await Resolve(way)).ShouldNotBeNull();
        (await stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel)).ShouldNotBeNull();
        foreach (var way in ways) (await Resolve(way)).ShouldBeNull("left");
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.audit_code")).ShouldBe(0);
    }

    [Fact]
    public async Task A_look_is_an_entry_before_anything_is_told_and_the_same_look_is_one_entry()
    {
        var (one, code) = (await Enrol(), Some.Hash());
        await AddCode(one, code);
        var way = Way() with { CodeHash = code };
        var entry = Some.Entry(EntryKind.Looked);
        (await audit.HasAccess(one.Subject, entry.Key, Cancel)).ShouldBeFalse();
        var turns = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Look(way, one, entry)));
        turns.Distinct().ShouldBe([4L]);
        (await stage.PostgresLedger.ReadSubject(one.Subject, 3, 9, Cancel)).ShouldHaveSingleItem().Kind.ShouldBe(EntryKind.Looked);
        (await audit.HasAccess(one.Subject, entry.Key, Cancel)).ShouldBeTrue();
        (await Look(way, await Enrol(), Some.Entry(EntryKind.Looked))).ShouldBeNull("the name leads to somebody else");

        await stage.PostgresEnrolments.Restrict(one.Locators[0], true, Some.Entry(EntryKind.Restricted), Cancel);
        (await audit.HasAccess(one.Subject, entry.Key, Cancel)).ShouldBeFalse();
        (await Look(way, one, Some.Entry(EntryKind.Looked))).ShouldBeNull();
        await stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel);
        (await audit.HasAccess(one.Subject, entry.Key, Cancel)).ShouldBeFalse();
        (await Look(way, one, Some.Entry(EntryKind.Looked))).ShouldBeNull();
        await stage.ShouldBeConserved();
    }

    [Fact]
    public async Task Looks_and_leaving_at_once_leave_nothing_behind()
    {
        for (var round = 0; round < 30; round++)
        {
            var (one, code) = (await Enrol(), Some.Hash());
            await AddCode(one, code);
            var way = Way() with { CodeHash = code };
            var looks = Enumerable.Range(0, 4).Select(_ => Look(way, one, Some.Entry(EntryKind.Looked))).ToArray();
            var leaving = stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel);
            await Task.WhenAll([.. looks, leaving]);
            (await stage.Scalar<long>($"SELECT count(*) FROM ledger.entry WHERE subject = {one.Subject.Value}")).ShouldBe(0);
        }
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.audit_code")).ShouldBe(0);
        await stage.ShouldBeConserved();
    }

    [Fact]
    public async Task As_of_a_turn_or_a_position_there_is_a_day_and_a_last_turn()
    {
        var handle = Some.Handle();
        var one = Some.Enrolment(Some.Locators(), handle);
        await stage.PostgresEnrolments.Enrol(one, Cancel);
        await stage.PostgresLedger.AppendEvents(
            [.. Enumerable.Range(0, 3).Select(i => Some.Event(handle.Hash) with { Day = Some.Day.AddDays(5 - i) })], Cancel);
        var positions = await stage.Rows<long>($"SELECT position FROM ledger.entry WHERE subject = {one.Subject.Value} ORDER BY turn");
        for (var turn = 1; turn <= positions.Count; turn++)
        {
            (await audit.LastTurn(one.Subject, positions[turn - 1], Cancel)).ShouldBe(turn);
            (await audit.LastTurn(one.Subject, positions[turn - 1] - 1, Cancel)).ShouldBe(turn - 1);
        }
        (await audit.DayOf(one.Subject, 4, Cancel)).ShouldBe((EntryKind.Event, Some.Day.AddDays(4), Some.Day.AddDays(5)));
        (await audit.DayOf(one.Subject, 6, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_draw_is_fixed_once_by_places_and_who_leaves_is_drawn_no_more()
    {
        var opened = await Case("one");
        var people = new List<NewEnrolment>();
        for (var i = 0; i < 5; i++) people.Add(await Enrol());
        var strange = Some.Enrolment(Some.Locators(), Some.Handle()) with { Programme = Some.OtherProgramme };
        await stage.PostgresEnrolments.Enrol(strange, Cancel);
        await stage.PostgresEnrolments.Restrict(people[4].Locators[0], true, Some.Entry(EntryKind.Restricted), Cancel);
        var places = new List<DrawPick>();
        foreach (var row in await stage.Rows<string>(
            "SELECT partition || ' ' || position || ' ' || coalesce(subject, 0) FROM ledger.entry ORDER BY partition, position"))
        {
            var parts = row.Split(' ').Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();
            places.Add(new DrawPick(0, places.Count, (int)parts[0], parts[1]));
        }
        places.Add(new DrawPick(0, places.Count, 3, 4000));
        var draw = new string('D', 22);
        (await audit.AskDraw(draw, opened.Case, 3, 7, 5, Cancel)).ShouldBeTrue();
        (await audit.FindDraw(draw, "two", Cancel)).ShouldBeNull();
        (await audit.FindDraw(draw, "one", Cancel))!.Value.Draw.FixedBy.ShouldBeNull();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => audit.FixDraw(draw, Some.Programme, 8, places, 3, Cancel)));

        var found = (await audit.FindDraw(draw, "one", Cancel))!.Value.Draw;
        (found.FixedBy, found.AskedAfter, found.Picks.Length).ShouldBe((8, 7, 3));
        found.Picks.Select(pick => pick.Pick).ShouldBe([1, 2, 3]);
        found.Picks.Select(pick => pick.Candidate).ShouldBe(found.Picks.Select(pick => pick.Candidate).Order());
        var drawn = new List<long>();
        foreach (var pick in found.Picks)
            drawn.Add((await Resolve(Way() with { Draw = draw, Pick = pick.Pick, Case = opened.Case })).ShouldNotBeNull().Subject.Value);
        drawn.Distinct().Count().ShouldBe(3);
        drawn.ShouldBeSubsetOf(people[..4].Select(person => person.Subject.Value));
        (await Resolve(Way() with { Draw = draw, Pick = 1, Case = new string('X', 22) })).ShouldBeNull("another case's draw");

        var leaving = people.Single(person => person.Subject.Value == drawn[0]);
        await stage.PostgresEnrolments.Withdraw(leaving.Locators[0], Some.Day, Some.Request, Cancel);
        (await audit.FindDraw(draw, "one", Cancel))!.Value.Draw.Picks.Select(pick => pick.Pick).ShouldBe([2, 3]);
    }

    [Fact]
    public async Task A_draw_and_leaving_at_once_are_no_conflict_and_the_next_look_fixes_it()
    {
        var opened = await Case("one");
        for (var round = 0; round < 25; round++)
        {
            NewEnrolment[] people = [await Enrol(), await Enrol()];
            var places = (await stage.Rows<string>(
                $"SELECT partition || ' ' || position FROM ledger.entry WHERE subject IN ({string.Join(',', people.Select(one => one.Subject.Value))})"))
                .Select(
                    (row, i) => new DrawPick(
                        0, i, int.Parse(row.Split(' ')[0], CultureInfo.InvariantCulture),
                        long.Parse(row.Split(' ')[1], CultureInfo.InvariantCulture)))
                .ToArray();
            var draw = $"{round:00}{new string('D', 20)}";
            (await audit.AskDraw(draw, opened.Case, 2, 0, 99, Cancel)).ShouldBeTrue();
            await Task.WhenAll(
                audit.FixDraw(draw, Some.Programme, 1, places, 2, Cancel),
                stage.PostgresEnrolments.Withdraw(people[0].Locators[0], Some.Day, Some.Request, Cancel));
            await audit.FixDraw(draw, Some.Programme, 1, places, 2, Cancel);
            var found = (await audit.FindDraw(draw, "one", Cancel))!.Value.Draw;
            (found.FixedBy, found.Picks.Length).ShouldBe((1, 1));
        }
        stage.Log.ShouldBeEmpty();
    }

    [Fact]
    public async Task So_many_draws_and_codes_and_no_more_even_at_once()
    {
        var opened = await Case("one");
        var asked = await Task.WhenAll(
            Enumerable.Range(0, 9).Select(i => audit.AskDraw($"{i}{new string('D', 21)}", opened.Case, 1, 0, 4, Cancel)));
        asked.Count(one => one).ShouldBe(4);
        var person = await Enrol();
        var made = await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => AddCode(person, Some.Hash())));
        made.Count(one => one == true).ShouldBe(3);
        (await audit.AddCode(
            person.Locators[0], Some.Hash(), Today.AddDays(6), Today.AddDays(7), 3, Some.Entry(EntryKind.AuditCodeGiven), Cancel))
            .ShouldBe(true, "those that have ended count no more");
        (await audit.AddCode(Some.Hash(), Some.Hash(), Today, Today, 3, Some.Entry(EntryKind.AuditCodeGiven), Cancel)).ShouldBeNull();
    }

    private async Task<AuditCase> Case(string auditor)
    {
        var opened = Made(Today);
        (await audit.OpenCase(opened, auditor, 99, AuditEntries.Opened(opened, auditor, Some.Start), Cancel)).ShouldBeTrue();
        return opened;
    }

    private Task<bool> TryOpen(string auditor, int most, DateOnly? day = null)
    {
        var opened = Made(day ?? Today);
        return audit.OpenCase(opened, auditor, most, AuditEntries.Opened(opened, auditor, Some.Start), Cancel);
    }

    private static AuditCase Made(DateOnly day) => new(
        System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)), Some.Programme,
        AuditPurpose.Supervision, day, day.AddDays(9));

    private async Task<NewEnrolment> Enrol()
    {
        var enrolment = Some.Enrolment(Some.Locators(), Some.Handle());
        (await stage.PostgresEnrolments.Enrol(enrolment, Cancel)).ShouldBe(0);
        return enrolment;
    }

    private Task<bool?> AddCode(NewEnrolment of, byte[] hash) =>
        audit.AddCode(of.Locators[0], hash, Today, Today.AddDays(5), 3, Some.Entry(EntryKind.AuditCodeGiven), Cancel);

    private Task<ResolvedSubject?> Resolve(SubjectLookup way) => audit.Resolve(way, Some.Programme, Today, Cancel);

    private Task<long?> Look(SubjectLookup way, NewEnrolment of, EntryToAppend entry) =>
        audit.AppendAccess(way, Some.Programme, Today, of.Subject, entry, Cancel);

    private static SubjectLookup Way() => new(null, null, null, null, 0, "");
}
