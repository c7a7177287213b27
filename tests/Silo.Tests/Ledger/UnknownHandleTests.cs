using System.Security.Cryptography;
using Scoring.Storage;

namespace Scoring.Ledger;

/// <summary>Rows about unknown handles and grants go through partitions and lanes as rows about enrolled subjects do.</summary>
public sealed class UnknownHandleTests(PostgresServer server) : IAsyncLifetime
{
    private const int Partitions = 4;

    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task All_rows_of_an_unknown_handle_go_through_the_partition_of_its_hash(short partition)
    {
        var handle = HashIn(partition);
        short[] others = [.. Enumerable.Range(0, Partitions).Select(p => (short)p).Where(p => p != partition)];
        await using (await LockedTransaction.Open(_stage.Database, _stage.Heads, others, Cancel))
        {
            await _stage.PostgresLedger.AppendEvents([.. Enumerable.Range(0, 50).Select(_ => Some.Event(handle))], Cancel);
            for (var i = 0; i < 10; i++) (await _stage.PostgresLedger.AppendQuery(Some.Query(handle), Cancel)).ShouldBeNull();
        }
        Task append;
        await using (await LockedTransaction.Open(_stage.Database, _stage.Heads, [partition], Cancel))
        {
            append = _stage.PostgresLedger.AppendEvents([Some.Event(handle)], Cancel);
            await _stage.WaitsForLock("scoring-lane");
            append.IsCompleted.ShouldBeFalse();
        }
        await append;
    }

    [Fact]
    public async Task Known_and_unknown_handles_spread_alike()
    {
        var counts = Enumerable.Range(0, 4096)
            .CountBy(i => _stage.Database.PartitionOf(SHA256.HashData(BitConverter.GetBytes(i)))).ToDictionary();
        counts.Keys.Order().ShouldBe(Enumerable.Range(0, Partitions).Select(p => (short)p));
        counts.Values.ShouldAllBe(count => count > 900 && count < 1150);
        for (var i = 0; i < 8; i++)
        {
            var enrolment = Some.Enrolment(Some.Locators(), Some.Handle());
            await _stage.PostgresEnrolments.Enrol(enrolment, Cancel);
            (await _stage.PostgresLedger.FindSubject(enrolment.Subject, Cancel))!.Partition
                .ShouldBe(_stage.Database.PartitionOf(enrolment.Locators[0]), "the same function of a keyed hash");
        }
    }

    private byte[] HashIn(short partition)
    {
        byte[] hash;
        do hash = Some.Hash();
        while (_stage.Database.PartitionOf(hash) != partition);
        return hash;
    }
}
