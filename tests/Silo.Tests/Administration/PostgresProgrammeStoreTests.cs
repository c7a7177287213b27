using System.Text;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Administration;

public sealed class PostgresProgrammeStoreTests(PostgresServer server) : IAsyncLifetime
{
    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IProgrammeStore Store => _stage.Programmes;

    public async ValueTask InitializeAsync() => _stage = await LedgerStage.OpenEmpty(server);

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task What_is_published_is_read_as_it_was_written()
    {
        await _stage.PublishFirst();
        var second = Versions.Of(2);
        await Store.Publish(second, Versions.Act(AdminActions.Published, Some.Programme), Cancel);
        var state = await Store.Read(Cancel);
        var versions = state.Documents.VersionsOf(Some.Programme);
        versions.Select(v => v.RuleSet.Hash).ShouldBe([Versions.Of(1).RuleSet.Hash, second.RuleSet.Hash]);
        AssessmentDocument.Write(versions[1].Assessment).ShouldBe(AssessmentDocument.Write(second.Assessment));
        ProgrammeDocument.Write(versions[1].Terms).ShouldBe(ProgrammeDocument.Write(second.Terms));
        state.Documents.EventTypes.Select(type => type.Name).ShouldBe(Versions.Shipped.EventTypes.Select(type => type.Name));
        (state.Suspended.Count, state.Ended.Count).ShouldBe((0, 0));
        state.Registrations.Count.ShouldBe(Versions.Shipped.EventTypes.Length);
        (await Store.Read(Cancel)).Documents.ShouldBeSameAs(state.Documents, "documents that did not change are not checked again");
    }

    [Fact]
    public async Task Versions_follow_one_another_without_a_gap_and_each_number_is_used_once()
    {
        await _stage.PublishFirst();
        foreach (var version in new[] { Versions.Of(1), Versions.Of(3) })
            await Should.ThrowAsync<InvalidOperationException>(
                Store.Publish(version, Versions.Act(AdminActions.Published, Some.Programme), Cancel));
        await Store.EndProgramme(Some.Programme, Versions.Act(AdminActions.Ended, Some.Programme), Cancel);
        await Should.ThrowAsync<InvalidOperationException>(
            Store.Publish(Versions.Of(2), Versions.Act(AdminActions.Published, Some.Programme), Cancel));
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.rule_set")).ShouldBe(1);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.act"))
            .ShouldBe(Versions.Shipped.EventTypes.Length + 2, "a refused act is none");
    }

    [Fact]
    public async Task An_act_repeated_under_its_key_changes_nothing_and_has_the_same_number()
    {
        await _stage.PublishFirst();
        var publish = Versions.Act(AdminActions.Published, Some.Programme);
        var number = await Store.Publish(Versions.Of(2), publish, Cancel);
        (await Store.Publish(Versions.Of(2), publish, Cancel)).ShouldBe(number);
        var suspend = Versions.Act(AdminActions.Suspended, Some.Programme);
        var suspended = await Store.SetSuspended(Some.Programme, true, suspend, Cancel);
        suspended.ShouldBe(number + 1);
        await Store.SetSuspended(Some.Programme, false, Versions.Act(AdminActions.Resumed, Some.Programme), Cancel);
        (await Store.SetSuspended(Some.Programme, true, suspend, Cancel)).ShouldBe(suspended);
        (await Store.Read(Cancel)).Suspended.ShouldBeEmpty("the repeated act did not suspend again");
        var end = Versions.Act(AdminActions.Ended, Some.Programme);
        (await Store.EndProgramme(Some.Programme, end, Cancel)).ShouldBe(await Store.EndProgramme(Some.Programme, end, Cancel));
        var record = Versions.Act(AdminActions.Drafted, Some.Programme);
        (await Store.Record(record, Cancel)).ShouldBe(await Store.Record(record, Cancel));
        (await _stage.Scalar<long>("SELECT max(number) - count(*) FROM ledger.act")).ShouldBe(0);
    }

    [Fact]
    public async Task Acts_on_unknown_programmes_are_defects_and_leave_no_entry()
    {
        await Should.ThrowAsync<InvalidOperationException>(
            Store.SetSuspended(Some.Programme, true, Versions.Act(AdminActions.Suspended, Some.Programme), Cancel));
        await Should.ThrowAsync<InvalidOperationException>(
            Store.EndProgramme(Some.Programme, Versions.Act(AdminActions.Ended, Some.Programme), Cancel));
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.entry")).ShouldBe(0);
        (await _stage.Scalar<long>("SELECT position FROM ledger.head WHERE partition = 0")).ShouldBe(0);
    }

    [Fact]
    public async Task The_record_of_a_programme_has_its_own_acts_and_those_of_all_programmes_in_pages()
    {
        var details = "{\"subjects\":1200}"u8.ToArray();
        var simulated = Versions.Act(
            AdminActions.Simulated, Some.Programme) with { Details = details, Hash = null, At = Some.Start.AddTicks(7) };
        await Store.Record(Versions.Act(AdminActions.Drafted, Some.Programme, words: ["Erste “Fassung”."]), Cancel);
        await Store.Record(Versions.Act(AdminActions.Drafted, Some.OtherProgramme), Cancel);
        await Store.Record(Versions.Act(AdminActions.Registered, null), Cancel);
        await Store.Record(simulated, Cancel);
        var record = await Store.ReadRecord(Some.Programme, 0, 10, Cancel);
        record.Select(act => act.Number).ShouldBe([1, 3, 4]);
        record[0].Words.ShouldHaveSingleItem().ShouldBe("Erste “Fassung”.");
        (record[1].Programme, record[1].Act, record[1].By).ShouldBe((null, AdminActions.Registered, "an-administrator"));
        (record[2].At, record[2].Hash, record[2].Details, record[2].Position).ShouldBe((simulated.At, null, "{\"subjects\":1200}", 4));
        (await Store.ReadRecord(Some.Programme, 1, 1, Cancel)).ShouldHaveSingleItem().Number.ShouldBe(3);
        (await Store.ReadRecord(Some.OtherProgramme, 0, 10, Cancel)).Select(act => act.Number).ShouldBe([2, 3]);
        (await Store.ReadRecord(Some.Programme, 4, 10, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_act_is_a_public_entry_of_partition_0_whose_leaf_anyone_can_compute()
    {
        await Store.Record(Versions.Act(AdminActions.Drafted, Some.Programme, words: ["A draft."]), Cancel);
        var body = await _stage.Scalar<byte[]>(
            "SELECT body FROM ledger.entry WHERE partition = 0 AND position = 1 AND kind = 16 AND num_nulls(subject, turn, key) = 3");
        var hash = new string('c', 64);
        Encoding.UTF8.GetString(body).ShouldBe(
            $$"""{"act":"drafted","at":"2026-03-01T08:00:00Z","by":"an-administrator","hash":"{{hash}}","number":1,"""
            + "\"programme\":\"safe-driver\",\"words\":[\"A draft.\"]}");
        var entry = new Entry(0, 1, new SubjectId(0), 0, EntryKind.Act, Some.Day, body);
        (await _stage.Scalar<byte[]>("SELECT leaf FROM ledger.entry WHERE partition = 0")).ShouldBe(Leaf.Of([], entry, Guid.Empty));
        (await _stage.Scalar<DateOnly>("SELECT day FROM ledger.entry")).ShouldBe(Some.Day);
        _stage.Heads.Head(0).ShouldBe(1, "a waiter for the head is woken");
    }

    [Fact]
    public async Task A_registration_has_its_last_status_and_every_version_of_an_event_type_is_kept()
    {
        var type = Versions.Shipped.EventTypes[0];
        var document = EventTypeDocument.Write(type);
        Task Put(byte[] json, RegistrationStatus status) => Store.Register(
            RegistrationKind.EventType, type.Name, json, status, Versions.Act(AdminActions.Registered, null), Cancel);
        await Put(document, RegistrationStatus.Registered);
        await Put(document, RegistrationStatus.Suspended);
        var key = StoppedState.KeyOf(RegistrationKind.EventType, type.Name);
        (await Store.Read(Cancel)).Registrations[key].ShouldBe(RegistrationStatus.Suspended);
        var later = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(document).Replace(
            "\"description\":\"", "\"description\":\"Later: ", StringComparison.Ordinal));
        later.ShouldNotBe(document);
        await Put(later, RegistrationStatus.Registered);
        (await _stage.Rows<byte[]>("SELECT document FROM ledger.event_type_version ORDER BY number")).ShouldBe([document, later]);
        (await Store.Read(Cancel)).Registrations[key].ShouldBe(RegistrationStatus.Registered);
        foreach (var change in new[]
        {
            "UPDATE ledger.event_type_version SET document = 'x'", "DELETE FROM ledger.event_type_version", "DELETE FROM ledger.event_type",
            "UPDATE ledger.event_type SET name = 'traffic.other'", "DELETE FROM ledger.act", "UPDATE ledger.act SET programme = NULL",
        })
            (await Should.ThrowAsync<Npgsql.PostgresException>(_stage.Execute(change))).SqlState.ShouldBe("23000", change);
    }

    [Fact]
    public async Task A_document_that_no_silo_could_read_is_never_published()
    {
        await _stage.PublishFirst();
        var acts = await _stage.Scalar<long>("SELECT count(*) FROM ledger.act");
        var tooEarly = Versions.Of(2, Versions.Of(1).RuleSet.FirstDay.AddDays(-1));
        await Should.ThrowAsync<InvalidOperationException>(
            Store.Publish(tooEarly, Versions.Act(AdminActions.Published, Some.Programme), Cancel));
        var type = Versions.Shipped.EventTypes[0].Name;
        await Should.ThrowAsync<InvalidOperationException>(Store.Register(
            RegistrationKind.EventType, type, "{}"u8.ToArray(), RegistrationStatus.Registered, Versions.Act(AdminActions.Registered, null),
            Cancel));
        (await Store.Read(Cancel)).Documents.Versions.Length.ShouldBe(1);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.act")).ShouldBe(acts);
    }

    [Fact]
    public async Task An_ended_programme_never_comes_back()
    {
        await _stage.PublishFirst();
        await Store.EndProgramme(Some.Programme, Versions.Act(AdminActions.Ended, Some.Programme), Cancel);
        (await Store.Read(Cancel)).Ended.ShouldBe([Some.Programme]);
        var revived = await Should.ThrowAsync<Npgsql.PostgresException>(_stage.Execute("UPDATE ledger.programme SET ended = false"));
        revived.SqlState.ShouldBe("23000");
    }
}
