using Npgsql;
using NpgsqlTypes;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Retention;
using Scoring.Storage;

namespace Scoring.Erasures;

/// <summary>A withdrawal counts a subject's entries mostly before it locks the partition, and the count is exact all the same.</summary>
public sealed class WithdrawalCountTests(PostgresServer server) : IAsyncLifetime
{
    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task The_history_is_counted_before_the_partition_is_locked()
    {
        var (mine, partition) = await Enrol();
        await using var blocker = await _stage.Database.OpenOwn(Cancel);
        await using var transaction = await blocker.BeginTransactionAsync(Cancel);
        await Execute(blocker, "LOCK TABLE ledger.entry IN ACCESS EXCLUSIVE MODE");

        var withdrawal = _stage.Withdrawals.Fence(mine.Locators[0], Some.Day, SomeCause.Asked, Cancel);
        await _stage.WaitsForLock("scoring-writer");
        (await _stage.Rows<short>($"SELECT partition FROM ledger.head WHERE partition = {partition} FOR UPDATE SKIP LOCKED"))
            .ShouldBe([partition], "the partition is locked while the history is counted");

        await transaction.RollbackAsync(Cancel);
        (await withdrawal)!.Value.Entries.ShouldBe(12);
        await _stage.ShouldBeConserved();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    [InlineData(20)]
    [InlineData(300)]
    public async Task Entries_appended_between_the_count_and_the_lock_are_counted(int appended)
    {
        var (mine, partition) = await Enrol();
        Task<(OpenErasure Open, long Entries)?> withdrawal;
        await using (var holder = await LockedTransaction.Open(_stage.Database, _stage.Heads, [partition], Cancel))
        {
            withdrawal = _stage.Withdrawals.Fence(mine.Locators[0], Some.Day, SomeCause.Asked, Cancel);
            await _stage.WaitsForLock("scoring-writer");
            await holder.Append(Cancel, [.. Enumerable.Range(0, appended).Select(_ => (mine.Subject, Some.Entry(EntryKind.Restricted)))]);
            await holder.Commit();
        }
        (await withdrawal)!.Value.Entries.ShouldBe(12 + appended);
        await _stage.ShouldBeConserved();
        _stage.Log.ShouldBeEmpty();
    }

    [Fact]
    public async Task Expiry_waits_for_a_withdrawal_that_counts_and_a_body_is_declared_once()
    {
        var (mine, partition) = await Enrol();
        Task<(OpenErasure Open, long Entries)?> withdrawal;
        Task<(long Cleared, bool IsDone)> expiry;
        await using (var holder = await LockedTransaction.Open(_stage.Database, _stage.Heads, [partition], Cancel))
        {
            withdrawal = _stage.Withdrawals.Fence(mine.Locators[0], Some.Day, SomeCause.Asked, Cancel);
            await _stage.WaitsForLock("scoring-writer");
            expiry = _stage.Expirer.Run([Due], long.MaxValue, Cancel);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (await _stage.Scalar<long>(WaitingAdvisory) == 0) limit.Token.ThrowIfCancellationRequested();
        }
        (await withdrawal)!.Value.Entries.ShouldBe(12);
        (await expiry).Cleared.ShouldBe(0, "the withdrawal has declared them");
        await _stage.ShouldBeConserved();
    }

    [Fact]
    public async Task What_a_silo_of_an_earlier_build_expires_meanwhile_is_not_declared_twice()
    {
        var (mine, partition) = await Enrol();
        Task<(OpenErasure Open, long Entries)?> withdrawal;
        await using (var holder = await LockedTransaction.Open(_stage.Database, _stage.Heads, [partition], Cancel))
        {
            withdrawal = _stage.Withdrawals.Fence(mine.Locators[0], Some.Day, SomeCause.Asked, Cancel);
            await _stage.WaitsForLock("scoring-writer");
            await ExpireUnderThePartitionsLockAlone(holder, partition);
            await holder.Commit();
        }
        (await withdrawal)!.Value.Entries.ShouldBe(2, "ten of twelve expired meanwhile");
        await _stage.ShouldBeConserved();
    }

    private const string WaitingAdvisory = """
        SELECT count(*) FROM pg_locks
        WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    private static DueDays Due => new(Some.Programme, Some.Day, 30, Some.Day.AddDays(800));

    private async Task ExpireUnderThePartitionsLockAlone(LockedTransaction locked, short partition)
    {
        var positions = await _stage.Rows<long>($"SELECT position FROM ledger.entry WHERE partition = {partition} AND kind = 1");
        await locked.Run(Cancel, Sql.Command(
            ExpirySql.Clear, (partition, NpgsqlDbType.Smallint), (positions.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint),
            (Some.Day, NpgsqlDbType.Date), (Some.Programme.Value, NpgsqlDbType.Text),
            (Array.Empty<long>(), NpgsqlDbType.Array | NpgsqlDbType.Bigint)));
        await new TombstoneWriter(LedgerStage.Signer).Append(
            locked, partition, EntryKind.Expired, Some.Day, positions.Count, ErasureCause.Expiry, Cancel);
    }

    private async Task<(NewEnrolment Enrolled, short Partition)> Enrol()
    {
        var handle = Some.Handle();
        var enrolment = Some.Enrolment(Some.Locators(), handle);
        await _stage.PostgresEnrolments.Enrol(enrolment, Cancel);
        await _stage.PostgresLedger.AppendEvents([.. Enumerable.Range(0, 10).Select(_ => Some.Event(handle.Hash))], Cancel);
        var partition = await _stage.Scalar<short>($"SELECT partition FROM ledger.enrolment WHERE subject = {enrolment.Subject.Value}");
        return (enrolment, partition);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
