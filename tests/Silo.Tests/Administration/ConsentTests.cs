using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Administration;

/// <summary>Consent to less than what is in force has lapsed, from the wider version's first day on and not before.</summary>
public sealed class ConsentTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly DateOnly Widened = Some.Day.AddDays(10);

    private LedgerStage stage = null!;
    private NewEnrolment enrolled = null!;
    private NewHandle handle = null!;
    private NewGrant grant = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        stage = await LedgerStage.OpenEmpty(server);
        await stage.PublishFirst();
        (handle, grant) = (Some.Handle(), Some.Grant());
        enrolled = Some.Enrolment(Some.Locators(), handle);
        await stage.PostgresEnrolments.Enrol(enrolled, Cancel);
        await stage.PostgresEnrolments.Grant(enrolled.Locators[0], grant, 8, Cancel);
    }

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task Consent_lapses_by_the_entrys_day_and_counts_again_once_renewed()
    {
        await Publish(2, Some.Day.AddDays(5), widens: false);
        await Publish(3, Widened, widens: true);
        (await TakesEvent(Widened.AddDays(-1))).ShouldBeTrue();
        (await TakesEvent(Widened)).ShouldBeFalse();
        (await TakesQuery(Widened.AddDays(-1))).ShouldBeTrue();
        (await TakesQuery(Widened)).ShouldBeFalse();

        (await Renew(2)).ShouldBe(true);
        (await TakesEvent(Widened)).ShouldBeFalse("the second version is less than the third");
        (await Renew(3)).ShouldBe(true);
        (await TakesEvent(Widened)).ShouldBeTrue();
        (await TakesQuery(Widened.AddDays(100))).ShouldBeTrue();
    }

    [Fact]
    public async Task Who_enrolled_in_the_wider_version_has_not_lapsed_and_neither_has_another_programmes_subject()
    {
        await Publish(2, Widened, widens: true);
        var later = Some.Handle();
        await stage.PostgresEnrolments.Enrol(Some.Enrolment(Some.Locators(), later) with { Consented = 2 }, Cancel);
        (await TakesEvent(Widened, later)).ShouldBeTrue();
        await stage.Execute($"INSERT INTO ledger.programme (id, document) VALUES ('{Some.OtherProgramme}', '')");
        var elsewhere = Some.Handle();
        await stage.PostgresEnrolments.Enrol(
            Some.Enrolment(Some.Locators(), elsewhere) with { Programme = Some.OtherProgramme }, Cancel);
        (await TakesEvent(Widened, elsewhere)).ShouldBeTrue();
        (await TakesEvent(Widened)).ShouldBeFalse();
    }

    [Fact]
    public async Task Renewing_writes_one_entry_and_only_ever_goes_up()
    {
        await Publish(2, Widened, widens: true);
        var renewals = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Renew(2)));
        renewals.Count(renewed => renewed == true).ShouldBe(1);
        renewals.Count(renewed => renewed == false).ShouldBe(3);
        (await Renew(1)).ShouldBe(false);
        (await stage.PostgresEnrolments.RenewConsent(Some.Hash(), Hash(2), 2, Some.Entry(EntryKind.ConsentRenewed), Cancel)).ShouldBeNull();
        var found = (await stage.PostgresEnrolments.Find(enrolled.Locators[0], Cancel)).ShouldNotBeNull();
        (found.Consented, found.RuleSet).ShouldBe((2, Hash(2)));
        (await stage.Scalar<int>("SELECT consented FROM ledger.handle")).ShouldBe(2);
        var history = await stage.PostgresLedger.ReadSubject(enrolled.Subject, 0, 100, Cancel);
        history.Count(e => e.Kind == EntryKind.ConsentRenewed).ShouldBe(1);
        await Leaves.Check(stage);
    }

    private static string Hash(int number) => new((char)('a' + number), 64);

    private Task<bool?> Renew(int number) => stage.PostgresEnrolments.RenewConsent(
        enrolled.Locators[0], Hash(number), number, Some.Entry(EntryKind.ConsentRenewed), Cancel);

    private Task Publish(int number, DateOnly firstDay, bool widens) => stage.Programmes.Publish(
        Versions.Of(number, firstDay, widens: widens), Versions.Act(AdminActions.Published, Some.Programme), Cancel);

    private async Task<bool> TakesEvent(DateOnly day, NewHandle? by = null)
    {
        var before = await Events();
        await stage.PostgresLedger.AppendEvents(
            [new EventToAppend((by ?? handle).Hash, Guid.NewGuid(), Some.Start.AddDays(200), day, Some.Body())], Cancel);
        return await Events() > before;
    }

    private async Task<bool> TakesQuery(DateOnly day) =>
        await stage.PostgresLedger.AppendQuery(Some.Query(grant.Hash, day: day), Cancel) is not null;

    private Task<long> Events() => stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 1");
}
