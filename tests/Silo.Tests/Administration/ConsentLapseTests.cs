using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Administration;

/// <summary>Consent to a version lapses on the first day of a version that widens it, and not before.</summary>
public sealed class ConsentLapseTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly DateOnly Widened = Some.Day.AddDays(10);

    private LedgerStage _stage = null!;
    private NewEnrolment _enrolled = null!;
    private NewHandle _handle = null!;
    private NewGrant _grant = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _stage = await LedgerStage.OpenEmpty(server);
        await _stage.PublishFirst();
        _handle = Some.Handle();
        _grant = Some.Grant();
        _enrolled = Some.Enrolment(Some.Locators(), _handle);
        await _stage.PostgresEnrolments.Enrol(_enrolled, Cancel);
        await _stage.PostgresEnrolments.Grant(_enrolled.Locators[0], _grant, 8, Cancel);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

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
    public async Task Consent_to_the_wider_version_has_not_lapsed_and_neither_has_consent_in_another_programme()
    {
        await Publish(2, Widened, widens: true);
        var later = Some.Handle();
        await _stage.PostgresEnrolments.Enrol(Some.Enrolment(Some.Locators(), later) with { Consented = 2 }, Cancel);
        (await TakesEvent(Widened, later)).ShouldBeTrue();
        await _stage.Execute($"INSERT INTO ledger.programme (id, document) VALUES ('{Some.OtherProgramme}', '')");
        var elsewhere = Some.Handle();
        await _stage.PostgresEnrolments.Enrol(
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
        (await _stage.PostgresEnrolments.RenewConsent(
            Some.Hash(), Hash(2), 2, Some.Entry(EntryKind.ConsentRenewed), Cancel)).ShouldBeNull();
        var found = (await _stage.PostgresEnrolments.Find(_enrolled.Locators[0], Cancel)).ShouldNotBeNull();
        (found.Consented, found.RuleSet).ShouldBe((2, Hash(2)));
        (await _stage.Scalar<int>("SELECT consented FROM ledger.handle")).ShouldBe(2);
        var history = await _stage.PostgresLedger.ReadSubject(_enrolled.Subject, 0, 100, Cancel);
        history.Count(e => e.Kind == EntryKind.ConsentRenewed).ShouldBe(1);
        await LeafAssertions.Check(_stage);
    }

    private static string Hash(int number) => new((char)('a' + number), 64);

    private Task<bool?> Renew(int number) => _stage.PostgresEnrolments.RenewConsent(
        _enrolled.Locators[0], Hash(number), number, Some.Entry(EntryKind.ConsentRenewed), Cancel);

    private Task Publish(int number, DateOnly firstDay, bool widens) => _stage.Programmes.Publish(
        Versions.Of(number, firstDay, widens: widens), Versions.Act(AdminActions.Published, Some.Programme), Cancel);

    private async Task<bool> TakesEvent(DateOnly day, NewHandle? linked = null)
    {
        var before = await Events();
        await _stage.PostgresLedger.AppendEvents(
            [new EventToAppend((linked ?? _handle).Hash, Guid.NewGuid(), Some.Start.AddDays(200), day, Some.Body())], Cancel);
        return await Events() > before;
    }

    private async Task<bool> TakesQuery(DateOnly day) =>
        await _stage.PostgresLedger.AppendQuery(Some.Query(_grant.Hash, day: day), Cancel) is not null;

    private Task<long> Events() => _stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 1");
}
