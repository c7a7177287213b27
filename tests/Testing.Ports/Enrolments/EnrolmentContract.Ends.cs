using Scoring.Contests;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Enrolments;

/// <summary>What has ended, lapsed or left.</summary>
public abstract partial class EnrolmentContract
{
    [Fact]
    public async Task A_locator_without_an_enrolment_leads_nowhere()
    {
        var locator = Some.Hash();
        (await Enrolments.Find(locator, Cancel)).ShouldBeNull();
        (await Enrolments.Find([locator], Cancel)).ShouldBeEmpty();
        (await Enrolments.Grant(locator, Some.Grant(), 8, Cancel)).ShouldBeFalse();
        (await Enrolments.Revoke(locator, "a", Some.Entry(EntryKind.GrantRevoked), Cancel)).ShouldBeFalse();
        (await Enrolments.RenewConsent(locator, new string('b', 64), 2, Some.Entry(EntryKind.ConsentRenewed), Cancel)).ShouldBeNull();
        (await Enrolments.Restrict(locator, true, Some.Entry(EntryKind.Restricted), Cancel)).ShouldBeNull();
        (await Enrolments.Link(locator, ToLink(Some.Handle()), 8, Cancel)).ShouldBeNull();
        (await Enrolments.Unlink(locator, "a", Some.Day, Cancel)).ShouldBeFalse();
        (await Enrolments.Withdraw(locator, Some.Day, Some.Request, Cancel)).ShouldBeNull();
        (await Stage.Contests.Open(locator, 1, _ => null, Cancel)).ShouldBeFalse();
        (await Stage.Contests.Change(locator, Case(), _ => null, Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Grants_that_have_ended_or_are_used_up_take_no_place_of_others()
    {
        var mine = await Enrol();
        var year = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var ended = Some.Grant(until: year.AddDays(1), id: "ended") with { At = year };
        var once = Some.Grant(id: "once") with { Uses = 1 };
        (await Enrolments.Grant(mine.Locators[0], ended, 1, Cancel)).ShouldBeTrue();
        (await Enrolments.GrantsOf(mine.Subject, Cancel)).ShouldBeEmpty("it has ended");
        (await Enrolments.Grant(mine.Locators[0], once, 1, Cancel)).ShouldBeTrue();
        (await Enrolments.Revoke(mine.Locators[0], "ended", Some.Entry(EntryKind.GrantRevoked), Cancel)).ShouldBeFalse("it was deleted");
        (await Enrolments.Grant(mine.Locators[0], Some.Grant(), 1, Cancel)).ShouldBeFalse();

        var key = Guid.NewGuid();
        (await Ledger.AppendQuery(Some.Query(once.Hash, key), Cancel)).ShouldNotBeNull();
        (await Ledger.AppendQuery(Some.Query(once.Hash), Cancel)).ShouldBeNull("it is used up");
        (await Ledger.AppendQuery(Some.Query(once.Hash, key), Cancel)).ShouldNotBeNull("the same query again is no use");
        (await Enrolments.GrantsOf(mine.Subject, Cancel)).ShouldBe(
            [new GrantView("once", once.Service, once.At, null) { UsesLeft = 0 }], "a used-up grant stays listed");
        (await Enrolments.Grant(mine.Locators[0], Some.Grant(), 1, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task Consent_lapses_on_the_first_day_of_a_wider_version_until_it_is_renewed()
    {
        var handle = Some.Handle();
        var grant = Some.Grant();
        var mine = await Enrol(handle);
        var other = await Enrol();
        await Enrolments.Grant(mine.Locators[0], grant, 8, Cancel);
        var wide = Some.Day.AddDays(1);
        await Stage.Widen(Some.Programme, 2, wide);
        await TakeBoth(Some.Day);
        (await History(mine)).Select(e => e.Kind).ShouldBe(
            [EntryKind.Enrolled, EntryKind.HandleLinked, EntryKind.Granted, EntryKind.Event, EntryKind.Queried]);
        await TakeBoth(wide);
        (await History(mine)).Count.ShouldBe(5, "the consent has lapsed");

        (await Renew(mine, 2)).ShouldBe(true);
        (await Renew(mine, 2)).ShouldBe(false);
        (await Renew(mine, 1)).ShouldBe(false);
        await TakeBoth(wide);
        (await History(mine)).Skip(5).Select(e => e.Kind).ShouldBe([EntryKind.ConsentRenewed, EntryKind.Event, EntryKind.Queried]);
        (await Enrolments.Find(mine.Locators[0], Cancel)).ShouldNotBeNull().Consented.ShouldBe(2);
        (await Enrolments.Find(other.Locators[0], Cancel)).ShouldNotBeNull().Consented.ShouldBe(1);

        async Task TakeBoth(DateOnly day)
        {
            await Ledger.AppendEvents([Some.Event(handle.Hash) with { Day = day }], Cancel);
            await Ledger.AppendQuery(Some.Query(grant.Hash, day: day), Cancel);
        }
    }

    [Fact]
    public async Task After_a_withdrawal_no_contest_is_left()
    {
        var handle = Some.Handle();
        var mine = await Enrol(handle);
        var key = Guid.NewGuid();
        await Ledger.AppendEvents([Some.Event(handle.Hash, key)], Cancel);
        var opened = new StoredContest(Case(), Some.Programme, 3, key, "s", [ContestGround.NotMine], Some.Day, Some.Day.AddDays(30), null);
        var step = new ContestStep(opened, [Some.Entry(EntryKind.ContestOpened)]);
        (await Stage.Contests.Open(mine.Locators[0], 3, facts => facts.Contest is null ? step : null, Cancel)).ShouldBeTrue();
        (await Stage.Contests.Find(opened.Case, Cancel)).ShouldNotBeNull().Subject.ShouldBe(mine.Subject);
        (await Stage.Contests.UndecidedOf("s", 0, 10, Cancel)).ShouldHaveSingleItem().Case.ShouldBe(opened.Case);

        await Enrolments.Withdraw(mine.Locators[0], Some.Day, Some.Request, Cancel);

        (await Stage.Contests.Find(opened.Case, Cancel)).ShouldBeNull();
        (await Stage.Contests.OfSubject(mine.Subject, Cancel)).ShouldBeEmpty();
        (await Stage.Contests.Undecided(null, 10, Cancel)).ShouldBeEmpty();
        (await Stage.Contests.UndecidedOf("s", 0, 10, Cancel)).ShouldBeEmpty();
        (await Stage.Contests.Judge(opened.Case, _ => step, Cancel)).ShouldBeFalse();
        (await Stage.Contests.Change(mine.Locators[0], opened.Case, _ => step, Cancel)).ShouldBeFalse();
    }

    private Task<bool?> Renew(NewEnrolment enrolment, int number) => Enrolments.RenewConsent(
        enrolment.Locators[0], new string('b', 64), number, Some.Entry(EntryKind.ConsentRenewed), Cancel);

    private static string Case() => System.Buffers.Text.Base64Url.EncodeToString(Guid.NewGuid().ToByteArray());
}
