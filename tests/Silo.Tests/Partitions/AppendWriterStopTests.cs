using Npgsql;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Partitions;

public sealed class AppendWriterStopTests(PostgresServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_append_that_is_looked_up_while_the_writer_stops_fails_at_once_also_when_its_connection_breaks(bool breaks)
    {
        await using var stage = await LedgerStage.Open(server);
        await using var relay = new CuttingRelay(stage.ConnectionString);
        await using var relayed = stage.OnDatabase(relay.ConnectionString);
        await using var connection = await stage.Database.OpenOwn(Cancel);
        await using var holding = await connection.BeginTransactionAsync(Cancel);
        await using (var holds = new NpgsqlCommand("LOCK TABLE ledger.handle IN ACCESS EXCLUSIVE MODE", connection, holding))
            await holds.ExecuteNonQueryAsync(Cancel);
        var append = relayed.PostgresLedger.AppendEvents([Some.Event(Some.Hash())], Cancel);
        await stage.WaitsForLock("scoring-lane");
        var waiting = relayed.PostgresLedger.AppendEvents([Some.Event(Some.Hash())], Cancel);
        if (breaks) relay.CutAtNext();

        await Should.NotThrowAsync(async () => await relayed.PostgresLedger.DisposeAsync());

        foreach (var left in new[] { append, waiting })
        {
            // The writer has failed it. Only the continuation of the call may still have to run.
            await Should.ThrowAsync<LedgerUnavailableException>(left.WaitAsync(TimeSpan.FromSeconds(5), Cancel));
        }
        await Should.ThrowAsync<LedgerUnavailableException>(
            relayed.PostgresLedger.AppendEvents([Some.Event(Some.Hash())], Cancel), "a stopped writer takes nothing");
    }
}
