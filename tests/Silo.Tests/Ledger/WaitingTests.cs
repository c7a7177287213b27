using Npgsql;
using Scoring.Enrolments;
using Scoring.Storage;

namespace Scoring.Ledger;

/// <summary>What was looked up before a lock was waited for is not trusted behind it.</summary>
public sealed class WaitingTests(PostgresServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_waits_behind_a_withdrawal_finds_nobody_whatever_they_wanted()
    {
        await using var stage = await LedgerStage.Open(server);
        var (handle, grant) = (Some.Handle(), Some.Grant());
        var one = Some.Enrolment(Some.Locators(), handle);
        await stage.PostgresEnrolments.Enrol(one, Cancel);
        await stage.PostgresEnrolments.Grant(one.Locators[0], grant, 8, Cancel);
        var (locator, enrolments) = (one.Locators[0], stage.PostgresEnrolments);

        await using var connection = await stage.Database.OpenOwn(Cancel);
        await using var holding = await connection.BeginTransactionAsync(Cancel);
        await using (var lockAll = new NpgsqlCommand("SELECT FROM ledger.head ORDER BY partition FOR UPDATE", connection, holding))
            await lockAll.ExecuteNonQueryAsync(Cancel);
        var leaving = enrolments.Withdraw(locator, Some.Day, Some.Request, Cancel);
        await Waiting(stage, 1);
        var granting = enrolments.Grant(locator, Some.Grant(), 8, Cancel);
        var revoking = enrolments.Revoke(locator, grant.Id, Some.Entry(EntryKind.GrantRevoked), Cancel);
        var pausing = enrolments.Restrict(locator, true, Some.Entry(EntryKind.Restricted), Cancel);
        var renewing = enrolments.RenewConsent(locator, new string('b', 64), 2, Some.Entry(EntryKind.ConsentRenewed), Cancel);
        var linking = enrolments.Link(locator, new([Some.Handle()], Some.Start, Some.Day), 8, Cancel);
        var unlinking = enrolments.Unlink(locator, handle.Id, Some.Day, Cancel);
        var again = enrolments.Withdraw(locator, Some.Day, Some.Request, Cancel);
        await Waiting(stage, 8);
        await holding.CommitAsync(Cancel);

        (await leaving).ShouldBe((one.Subject, 3));
        (await granting).ShouldBeFalse();
        (await revoking).ShouldBeFalse();
        (await pausing).ShouldBeNull();
        (await renewing).ShouldBeNull();
        (await linking).ShouldBeNull();
        (await unlinking).ShouldBeFalse();
        (await again).ShouldBeNull();
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE body IS NOT NULL")).ShouldBe(1, "the tombstone");
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.handle")).ShouldBe(0);
        stage.Log.ShouldBeEmpty();
        await stage.ShouldBeConserved();
    }

    [Fact]
    public async Task Who_takes_a_handle_while_its_subject_leaves_has_it_alone()
    {
        await using var stage = await LedgerStage.Open(server);
        var handle = Some.Handle();
        var one = Some.Enrolment(Some.Locators(), handle);
        await stage.PostgresEnrolments.Enrol(one, Cancel);
        await using var connection = await stage.Database.OpenOwn(Cancel);
        await using var holding = await connection.BeginTransactionAsync(Cancel);
        await using (var lockAll = new NpgsqlCommand("SELECT FROM ledger.head ORDER BY partition FOR UPDATE", connection, holding))
            await lockAll.ExecuteNonQueryAsync(Cancel);
        var leaving = stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel);
        await Waiting(stage, 1);
        var next = Some.Enrolment(Some.Locators(), Some.Handle(handle.Hash, handle.ProvedAt.AddSeconds(1)));
        var taking = stage.PostgresEnrolments.Enrol(next, Cancel);
        await Waiting(stage, 2);
        await holding.CommitAsync(Cancel);
        (await leaving).ShouldBe((one.Subject, 2));
        (await taking).ShouldBe(0);
        (await stage.Rows<long>("SELECT subject FROM ledger.handle")).ShouldBe([next.Subject.Value]);
        (await stage.Rows<int>("SELECT kind::integer FROM ledger.entry WHERE subject IS NOT NULL ORDER BY turn")).ShouldBe([7, 8]);
        await stage.ShouldBeConserved();
    }

    [Fact]
    public async Task Of_two_who_claim_one_new_handle_in_two_partitions_at_once_one_has_it()
    {
        await using var stage = await LedgerStage.Open(server);
        var handle = Some.Hash();
        await using var connection = await stage.Database.OpenOwn(Cancel);
        await using var holding = await connection.BeginTransactionAsync(Cancel);
        // Both come as far as their partitions let them: an enrolment waits for its programme's row, behind all that it has looked up.
        await using (var lockOne = new NpgsqlCommand(
            $"SELECT FROM ledger.programme WHERE id = '{Some.Programme}' FOR UPDATE", connection, holding))
            await lockOne.ExecuteNonQueryAsync(Cancel);
        var claims = Enumerable.Range(0, 2)
            .Select(partition => Some.Enrolment([[0, (byte)partition, .. Some.Hash()[2..]]], Some.Handle(handle)))
            .Select(async claim =>
            {
                try
                {
                    return await stage.PostgresEnrolments.Enrol(claim, Cancel);
                }
                catch (HandleProofReplayedException)
                {
                    return null;
                }
            }).ToArray();
        await Waiting(stage, 2);
        await holding.CommitAsync(Cancel);
        (await Task.WhenAll(claims)).Count(taken => taken == 0).ShouldBe(1);
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.handle")).ShouldBe(1);
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.enrolment")).ShouldBe(1);
        stage.Log.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_that_waits_behind_a_pause_or_a_withdrawal_is_not_taken()
    {
        await using var stage = await LedgerStage.Open(server);
        var (paused, leaving) = (Some.Handle(), Some.Handle());
        var (one, other) = (Some.Enrolment(Some.Locators(), paused), Some.Enrolment(Some.Locators(), leaving));
        await stage.PostgresEnrolments.Enrol(one, Cancel);
        await stage.PostgresEnrolments.Enrol(other, Cancel);
        await using var connection = await stage.Database.OpenOwn(Cancel);
        await using var holding = await connection.BeginTransactionAsync(Cancel);
        await using (var lockAll = new NpgsqlCommand("SELECT FROM ledger.head ORDER BY partition FOR UPDATE", connection, holding))
            await lockAll.ExecuteNonQueryAsync(Cancel);
        var pausing = stage.PostgresEnrolments.Restrict(one.Locators[0], true, Some.Entry(EntryKind.Restricted), Cancel);
        await Waiting(stage, 1);
        var left = stage.PostgresEnrolments.Withdraw(other.Locators[0], Some.Day, Some.Request, Cancel);
        await Waiting(stage, 2);
        var sending = stage.PostgresLedger.AppendEvents([Some.Event(paused.Hash)], Cancel);
        var sendingOther = stage.PostgresLedger.AppendEvents([Some.Event(leaving.Hash)], Cancel);
        await Waiting(stage, 3);
        await holding.CommitAsync(Cancel);
        (await pausing).ShouldBe(true);
        (await left).ShouldNotBeNull();
        await sending;
        await sendingOther;
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 1")).ShouldBe(0);
    }

    [Fact]
    public async Task A_grant_leads_nowhere_from_its_end_on()
    {
        await using var stage = await LedgerStage.Open(server);
        var one = Some.Enrolment(Some.Locators());
        await stage.PostgresEnrolments.Enrol(one, Cancel);
        var grant = Some.Grant(until: Some.Start.AddHours(3));
        await stage.PostgresEnrolments.Grant(one.Locators[0], grant, 8, Cancel);
        (await stage.PostgresLedger.AppendQuery(
            Some.Query(grant.Hash, at: Some.Start.AddHours(3).AddTicks(-10)), Cancel)).ShouldNotBeNull();
        (await stage.PostgresLedger.AppendQuery(Some.Query(grant.Hash, at: Some.Start.AddHours(3)), Cancel)).ShouldBeNull();
        (await stage.PostgresLedger.AppendQuery(Some.Query(grant.Hash, at: Some.Start.AddTicks(-10)), Cancel)).ShouldBeNull();
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.entry WHERE kind = 2")).ShouldBe(1);
    }

    private static async Task Waiting(LedgerStage stage, int atLeast)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        bound.CancelAfter(TimeSpan.FromSeconds(8));
        while (await stage.Scalar<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") < atLeast)
        {
            await Task.Delay(5, bound.Token);
        }
    }
}
