using Npgsql;
using Scoring.Enrolments;
using Scoring.Storage;

namespace Scoring.Ledger;

/// <summary>A call that waits for a lock trusts nothing that it read before the lock.</summary>
public sealed class LockWaitTests(PostgresServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Any_call_that_waits_behind_a_withdrawal_finds_no_subject()
    {
        await using var stage = await LedgerStage.Open(server);
        var handle = Some.Handle();
        var grant = Some.Grant();
        var one = Some.Enrolment(Some.Locators(), handle);
        await stage.PostgresEnrolments.Enrol(one, Cancel);
        await stage.PostgresEnrolments.Grant(one.Locators[0], grant, 8, Cancel);
        var locator = one.Locators[0];
        var enrolments = stage.PostgresEnrolments;

        await using var connection = await stage.Database.OpenOwn(Cancel);
        await using var holding = await connection.BeginTransactionAsync(Cancel);
        await LockHeads(connection, holding);
        var withdrawing = enrolments.Withdraw(locator, Some.Day, Some.Request, Cancel);
        await WaitForLocks(stage, 1);
        var granting = enrolments.Grant(locator, Some.Grant(), 8, Cancel);
        var revoking = enrolments.Revoke(locator, grant.Id, Some.Entry(EntryKind.GrantRevoked), Cancel);
        var restricting = enrolments.Restrict(locator, true, Some.Entry(EntryKind.Restricted), Cancel);
        var renewing = enrolments.RenewConsent(locator, new string('b', 64), 2, Some.Entry(EntryKind.ConsentRenewed), Cancel);
        var linking = enrolments.Link(locator, new([Some.Handle()], Some.Start, Some.Day), 8, Cancel);
        var unlinking = enrolments.Unlink(locator, handle.Id, Some.Day, Cancel);
        var again = enrolments.Withdraw(locator, Some.Day, Some.Request, Cancel);
        await WaitForLocks(stage, 8);
        await holding.CommitAsync(Cancel);

        (await withdrawing).ShouldBe((one.Subject, 3));
        (await granting).ShouldBeFalse();
        (await revoking).ShouldBeFalse();
        (await restricting).ShouldBeNull();
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
    public async Task A_handle_claimed_while_its_subject_leaves_belongs_to_the_new_subject_alone()
    {
        await using var stage = await LedgerStage.Open(server);
        var handle = Some.Handle();
        // Partitions are locked in ascending order, so who takes the handle waits for the first one too, behind who leaves.
        var one = Some.Enrolment([[0, 0, .. Some.Hash()[2..]]], handle);
        await stage.PostgresEnrolments.Enrol(one, Cancel);
        await using var connection = await stage.Database.OpenOwn(Cancel);
        await using var holding = await connection.BeginTransactionAsync(Cancel);
        await LockHeads(connection, holding);
        var withdrawing = stage.PostgresEnrolments.Withdraw(one.Locators[0], Some.Day, Some.Request, Cancel);
        await WaitForLocks(stage, 1);
        var next = Some.Enrolment(Some.Locators(), Some.Handle(handle.Hash, handle.ProvedAt.AddSeconds(1)));
        var taking = stage.PostgresEnrolments.Enrol(next, Cancel);
        await WaitForLocks(stage, 2);
        await holding.CommitAsync(Cancel);
        (await withdrawing).ShouldBe((one.Subject, 2));
        (await taking).ShouldBe(0);
        (await stage.Rows<long>("SELECT subject FROM ledger.handle")).ShouldBe([next.Subject.Value]);
        (await stage.Rows<int>("SELECT kind::integer FROM ledger.entry WHERE subject IS NOT NULL ORDER BY turn")).ShouldBe([7, 8]);
        await stage.ShouldBeConserved();
    }

    [Fact]
    public async Task Of_two_concurrent_claims_of_one_new_handle_in_two_partitions_one_succeeds()
    {
        await using var stage = await LedgerStage.Open(server);
        var handle = Some.Hash();
        await using var connection = await stage.Database.OpenOwn(Cancel);
        await using var holding = await connection.BeginTransactionAsync(Cancel);
        // An enrolment waits for its programme's row after all of its reads, so both claims reach that row.
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
        await WaitForLocks(stage, 2);
        await holding.CommitAsync(Cancel);
        (await Task.WhenAll(claims)).Count(taken => taken == 0).ShouldBe(1);
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.handle")).ShouldBe(1);
        (await stage.Scalar<long>("SELECT count(*) FROM ledger.enrolment")).ShouldBe(1);
        stage.Log.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_that_waits_behind_a_restriction_or_a_withdrawal_is_not_taken()
    {
        await using var stage = await LedgerStage.Open(server);
        var restrictedHandle = Some.Handle();
        var withdrawnHandle = Some.Handle();
        var one = Some.Enrolment(Some.Locators(), restrictedHandle);
        var other = Some.Enrolment(Some.Locators(), withdrawnHandle);
        await stage.PostgresEnrolments.Enrol(one, Cancel);
        await stage.PostgresEnrolments.Enrol(other, Cancel);
        await using var connection = await stage.Database.OpenOwn(Cancel);
        await using var holding = await connection.BeginTransactionAsync(Cancel);
        await LockHeads(connection, holding);
        var restricting = stage.PostgresEnrolments.Restrict(one.Locators[0], true, Some.Entry(EntryKind.Restricted), Cancel);
        await WaitForLocks(stage, 1);
        var withdrawing = stage.PostgresEnrolments.Withdraw(other.Locators[0], Some.Day, Some.Request, Cancel);
        await WaitForLocks(stage, 2);
        var sending = stage.PostgresLedger.AppendEvents([Some.Event(restrictedHandle.Hash)], Cancel);
        var sendingOther = stage.PostgresLedger.AppendEvents([Some.Event(withdrawnHandle.Hash)], Cancel);
        await WaitForLocks(stage, 3);
        await holding.CommitAsync(Cancel);
        (await restricting).ShouldBe(true);
        (await withdrawing).ShouldNotBeNull();
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

    private static async Task LockHeads(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        await using var command = new NpgsqlCommand("SELECT FROM ledger.head ORDER BY partition FOR UPDATE", connection, transaction);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task WaitForLocks(LedgerStage stage, int atLeast)
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
