using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Storage;

namespace Scoring.Administration;

/// <summary>The contract that every store of programmes keeps.</summary>
public abstract class ProgrammeStoreContract : IAsyncLifetime
{
    private IProgrammeStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The shipped programmes.</summary>
    protected abstract DocumentSet Shipped { get; }

    /// <summary>A store in which nothing is published or recorded.</summary>
    protected abstract Task<IProgrammeStore> NewStore();

    public async ValueTask InitializeAsync()
    {
        _store = await NewStore();
        foreach (var type in Shipped.EventTypes)
            await _store.Register(
                RegistrationKind.EventType, type.Name, EventTypeDocument.Write(type), RegistrationStatus.Registered,
                Act(AdminActions.Registered, null), Cancel);
        await _store.Publish(Version(1), Act(AdminActions.Published), Cancel);
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_is_published_is_read_and_numbered_without_a_gap()
    {
        foreach (var version in new[] { Version(1), Version(3) })
            await Should.ThrowAsync<InvalidOperationException>(_store.Publish(version, Act(AdminActions.Published), Cancel));
        var number = await _store.Publish(Version(2), Act(AdminActions.Published), Cancel);
        number.ShouldBe(Shipped.EventTypes.Length + 2, "a refused act has no number");
        var state = await _store.Read(Cancel);
        state.Documents.VersionsOf(Some.Programme).Select(version => version.RuleSet.Hash)
            .ShouldBe([Version(1).RuleSet.Hash, Version(2).RuleSet.Hash]);
        state.Documents.EventTypes.Select(type => type.Name).Order(StringComparer.Ordinal)
            .ShouldBe(Shipped.EventTypes.Select(type => type.Name).Order(StringComparer.Ordinal));
        (state.Suspended.Count, state.Ended.Count, state.Registrations.Count).ShouldBe((0, 0, Shipped.EventTypes.Length));
    }

    [Fact]
    public async Task An_act_under_a_known_key_changes_nothing_and_has_its_known_number()
    {
        var publish = Act(AdminActions.Published);
        var number = await _store.Publish(Version(2), publish, Cancel);
        (await _store.Publish(Version(2), publish, Cancel)).ShouldBe(number);
        var suspend = Act(AdminActions.Suspended);
        var suspended = await _store.SetSuspended(Some.Programme, true, suspend, Cancel);
        suspended.ShouldBe(number + 1);
        (await _store.Read(Cancel)).Suspended.ShouldBe([Some.Programme]);
        await _store.SetSuspended(Some.Programme, false, Act(AdminActions.Resumed), Cancel);
        (await _store.SetSuspended(Some.Programme, true, suspend, Cancel)).ShouldBe(suspended);
        (await _store.Read(Cancel)).Suspended.ShouldBeEmpty("the repeated act did not suspend again");
        var record = Act(AdminActions.Drafted);
        (await _store.Record(record, Cancel)).ShouldBe(await _store.Record(record, Cancel));
    }

    [Fact]
    public async Task Acts_on_unknown_programmes_are_defects_and_are_not_recorded()
    {
        foreach (var change in new[]
        {
            _store.SetSuspended(Some.OtherProgramme, true, Act(AdminActions.Suspended), Cancel),
            _store.EndProgramme(Some.OtherProgramme, Act(AdminActions.Ended), Cancel),
        })
            await Should.ThrowAsync<InvalidOperationException>(change);
        (await _store.ReadRecord(Some.Programme, Shipped.EventTypes.Length + 1, 10, Cancel)).ShouldBeEmpty();
        var state = await _store.Read(Cancel);
        (state.Suspended.Count, state.Ended.Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task An_ended_programme_gets_no_further_version()
    {
        var end = Act(AdminActions.Ended);
        (await _store.EndProgramme(Some.Programme, end, Cancel)).ShouldBe(await _store.EndProgramme(Some.Programme, end, Cancel));
        (await _store.Read(Cancel)).Ended.ShouldBe([Some.Programme]);
        await Should.ThrowAsync<InvalidOperationException>(_store.Publish(Version(2), Act(AdminActions.Published), Cancel));
        (await _store.Read(Cancel)).Documents.VersionsOf(Some.Programme).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_with_which_no_silo_could_read_the_documents_is_not_made()
    {
        var early = Version(2, Version(1).RuleSet.FirstDay.AddDays(-1));
        await Should.ThrowAsync<InvalidOperationException>(_store.Publish(early, Act(AdminActions.Published), Cancel));
        await Should.ThrowAsync<UnreadableChangeException>(_store.Register(
            RegistrationKind.EventType, Shipped.EventTypes[0].Name, "{}"u8.ToArray(), RegistrationStatus.Registered,
            Act(AdminActions.Registered, null), Cancel));
        (await _store.Read(Cancel)).Documents.VersionsOf(Some.Programme).Length.ShouldBe(1);
        (await _store.ReadRecord(Some.Programme, Shipped.EventTypes.Length + 1, 10, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_record_of_a_programme_has_its_own_acts_and_those_of_all_in_pages()
    {
        var first = Shipped.EventTypes.Length + 2L;
        var details = "{\"subjects\":1200}"u8.ToArray();
        await _store.Record(Act(AdminActions.Drafted) with { Words = ["Erste “Fassung”."] }, Cancel);
        await _store.Record(Act(AdminActions.Drafted, Some.OtherProgramme), Cancel);
        await _store.Record(Act(AdminActions.Registered, null), Cancel);
        await _store.Record(Act(AdminActions.Simulated) with { Details = details, Hash = null }, Cancel);

        var record = await _store.ReadRecord(Some.Programme, first - 1, 10, Cancel);

        record.Select(act => act.Number).ShouldBe([first, first + 2, first + 3]);
        record[0].Words.ShouldBe(["Erste “Fassung”."]);
        (record[1].Programme, record[1].Act, record[1].By).ShouldBe((null, AdminActions.Registered, "an-administrator"));
        (record[2].At, record[2].Hash, record[2].Details).ShouldBe((Some.Start, null, "{\"subjects\":1200}"));
        (await _store.ReadRecord(Some.Programme, first, 1, Cancel)).ShouldHaveSingleItem().Number.ShouldBe(first + 2);
        (await _store.ReadRecord(Some.OtherProgramme, first - 1, 10, Cancel)).Select(act => act.Number).ShouldBe([first + 1, first + 2]);
        (await _store.ReadRecord(Some.Programme, first + 3, 10, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_registration_has_its_last_status()
    {
        var type = Shipped.EventTypes[0];
        await _store.Register(
            RegistrationKind.EventType, type.Name, EventTypeDocument.Write(type), RegistrationStatus.Suspended,
            Act(AdminActions.Registered, null), Cancel);
        var key = StoppedState.KeyOf(RegistrationKind.EventType, type.Name);
        (await _store.Read(Cancel)).Registrations[key].ShouldBe(RegistrationStatus.Suspended);
        (await _store.Read(Cancel)).Documents.EventTypes.Length.ShouldBe(Shipped.EventTypes.Length);
    }

    private ProgrammeVersion Version(int number, DateOnly? firstDay = null)
    {
        var shipped = Shipped.VersionsOf(Some.Programme)[0];
        var set = shipped.RuleSet with { Number = number, FirstDay = firstDay ?? shipped.RuleSet.FirstDay.AddDays(number - 1) };
        return shipped with { RuleSet = RuleSetDocument.Hashed(set) };
    }

    private static NewAdminAction Act(string act) => Act(act, Some.Programme);

    private static NewAdminAction Act(string act, ProgrammeId? programme) => new(
        Guid.NewGuid(), act, programme, "an-administrator", Some.Start, new string('c', 64), ["Something was done."], null);
}
