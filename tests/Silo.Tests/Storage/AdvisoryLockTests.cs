namespace Scoring.Storage;

public sealed class AdvisoryLockTests(PostgresServer server)
{
    private const long Number = 77;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lock_is_free_when_its_holder_is_done_although_its_connection_stays_open()
    {
        await using var stage = await LedgerStage.Open(server);
        await using var one = await stage.Database.OpenOwn(Cancel);
        await using var other = await stage.Database.OpenOwn(Cancel);
        await using (await AdvisoryLock.TryTake(one, Number, Cancel))
            (await AdvisoryLock.TryTake(other, Number, Cancel)).ShouldBeNull();
        await using (var taken = await AdvisoryLock.TryTake(other, Number, Cancel)) taken.ShouldNotBeNull();
        (await AdvisoryLock.TryTake(other, Number, Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_lock_of_a_broken_connection_may_be_disposed_of()
    {
        await using var stage = await LedgerStage.Open(server);
        await using var one = await stage.Database.OpenOwn(Cancel);
        var taken = (await AdvisoryLock.TryTake(one, Number, Cancel)).ShouldNotBeNull();
        await stage.Rows<bool>($"SELECT pg_terminate_backend({one.ProcessID})");
        await taken.DisposeAsync();
        await taken.DisposeAsync();
    }
}
