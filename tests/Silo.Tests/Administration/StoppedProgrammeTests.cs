using Npgsql;
using Scoring.Enrolments;
using Scoring.Erasures;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Storage;

namespace Scoring.Administration;

/// <summary>After the commit that stops a programme, no append resolves its subjects.</summary>
public sealed class StoppedProgrammeTests(PostgresServer server) : IAsyncLifetime
{
    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _stage = await LedgerStage.OpenEmpty(server);
        await _stage.PublishFirst();
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_append_that_waits_for_the_lock_while_a_programme_is_stopped_resolves_no_subject(bool ends)
    {
        var (enrolled, handle, grant) = await Enrol();
        var partition = (await _stage.PostgresLedger.FindSubject(enrolled.Subject, Cancel))!.Partition;
        Task append, query;
        await using (var holder = await _stage.Database.OpenOwn(Cancel))
        {
            await using var held = await holder.BeginTransactionAsync(Cancel);
            await using (var hold = new NpgsqlCommand($"SELECT FROM ledger.head WHERE partition = {partition} FOR UPDATE", holder, held))
                await hold.ExecuteNonQueryAsync(Cancel);
            append = _stage.PostgresLedger.AppendEvents([Some.Event(handle)], Cancel);
            query = _stage.PostgresLedger.AppendQuery(Some.Query(grant), Cancel);
            await _stage.WaitsForLock("scoring-lane");
            var column = ends ? "ended" : "suspended";
            await using (var stop = new NpgsqlCommand($"UPDATE ledger.programme SET {column} = true", holder, held))
                await stop.ExecuteNonQueryAsync(Cancel);
            append.IsCompleted.ShouldBeFalse();
            await held.CommitAsync(Cancel);
        }
        await append;
        (await (Task<QueryTurn?>)query).ShouldBeNull();
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind IN (1, 2)")).ShouldBe(0);
    }

    [Fact]
    public async Task A_suspension_waits_for_every_append_under_way_in_every_partition()
    {
        await using var holder = await _stage.Database.OpenOwn(Cancel);
        foreach (var partition in new[] { 0, 3 })
        {
            await using var held = await holder.BeginTransactionAsync(Cancel);
            await using (var hold = new NpgsqlCommand($"SELECT FROM ledger.head WHERE partition = {partition} FOR UPDATE", holder, held))
                await hold.ExecuteNonQueryAsync(Cancel);
            var suspending = _stage.Programmes.SetSuspended(
                Some.Programme, true, Versions.Act(AdminActions.Suspended, Some.Programme), Cancel);
            await _stage.WaitsForLock("scoring-writer");
            suspending.IsCompleted.ShouldBeFalse();
            await held.CommitAsync(Cancel);
            await suspending;
        }
    }

    [Fact]
    public async Task A_suspended_programme_takes_no_entry_and_no_enrolment_until_it_is_resumed()
    {
        var (enrolled, handle, grant) = await Enrol();
        await _stage.Programmes.SetSuspended(Some.Programme, true, Versions.Act(AdminActions.Suspended, Some.Programme), Cancel);
        await _stage.PostgresLedger.AppendEvents([Some.Event(handle)], Cancel);
        (await _stage.PostgresLedger.AppendQuery(Some.Query(grant), Cancel)).ShouldBeNull();
        await Should.ThrowAsync<LedgerUnavailableException>(_stage.PostgresEnrolments.Enrol(Some.Enrolment(Some.Locators()), Cancel));
        await _stage.Programmes.SetSuspended(Some.Programme, false, Versions.Act(AdminActions.Resumed, Some.Programme), Cancel);
        await _stage.PostgresLedger.AppendEvents([Some.Event(handle)], Cancel);
        (await _stage.PostgresLedger.AppendQuery(Some.Query(grant), Cancel)).ShouldNotBeNull().Subject.ShouldBe(enrolled.Subject);
    }

    [Fact]
    public async Task Of_an_ended_programme_nothing_is_left_in_any_table_and_others_are_untouched()
    {
        await _stage.Execute($"INSERT INTO ledger.programme (id, document) VALUES ('{Some.OtherProgramme}', '')");
        var other = Some.Enrolment(Some.Locators(), Some.Handle()) with { Programme = Some.OtherProgramme };
        await _stage.PostgresEnrolments.Enrol(other, Cancel);
        for (var i = 0; i < 7; i++)
        {
            var (one, handle, grant) = await Enrol();
            await _stage.PostgresLedger.AppendEvents([Some.Event(handle), Some.Event(handle)], Cancel);
            await _stage.PostgresLedger.AppendQuery(Some.Query(grant), Cancel);
            await _stage.PostgresLedger.WriteSnapshot(one.Subject, new Snapshot(3, "ab", 1, [1]), Cancel);
        }
        await _stage.Programmes.EndProgramme(Some.Programme, Versions.Act(AdminActions.Ended, Some.Programme), Cancel);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _stage.EndedProgrammes.Erase(Cancel)));
        (await _stage.EndedProgrammes.Erase(Cancel)).ShouldBe(0);
        foreach (var table in new[] { "enrolment", "locator", "handle", "grant_", "snapshot" })
        {
            (await _stage.Rows<long>($"SELECT subject FROM ledger.{table}")).ShouldAllBe(subject => subject == other.Subject.Value, table);
        }
        (await _stage.Rows<long>("SELECT DISTINCT subject FROM ledger.entry WHERE subject IS NOT NULL")).ShouldBe([other.Subject.Value]);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 14")).ShouldBe(7);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.erasure WHERE subject IS NOT NULL")).ShouldBe(0);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 0 AND num_nulls(subject, turn, key, day, body) < 5"))
            .ShouldBe(0);
        await Should.ThrowAsync<LedgerUnavailableException>(_stage.PostgresEnrolments.Enrol(Some.Enrolment(Some.Locators()), Cancel));
    }

    [Fact]
    public async Task The_sweeper_runs_when_a_programme_is_ended_on_this_silo()
    {
        await Enrol();
        var log = new LogLineWaiter<ErasureSweeper>("Erased 1 enrolments of ended programmes");
        using var sweeper = _stage.NewSweeper(log: log);
        await sweeper.StartAsync(Cancel);
        await _stage.Programmes.EndProgramme(Some.Programme, Versions.Act(AdminActions.Ended, Some.Programme), Cancel);
        await log.Logged.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await sweeper.StopAsync(Cancel);
        (await _stage.Scalar<long>("SELECT count(*) FROM ledger.enrolment")).ShouldBe(0);
    }

    private async Task<(NewEnrolment Enrolled, byte[] Handle, byte[] Grant)> Enrol()
    {
        var handle = Some.Handle();
        var grant = Some.Grant();
        var enrolment = Some.Enrolment(Some.Locators(), handle);
        (await _stage.PostgresEnrolments.Enrol(enrolment, Cancel)).ShouldBe(0);
        (await _stage.PostgresEnrolments.Grant(enrolment.Locators[0], grant, 8, Cancel)).ShouldBeTrue();
        return (enrolment, handle.Hash, grant.Hash);
    }
}
