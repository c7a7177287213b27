using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Simulation;

/// <summary>A bulk read returns each position up to the last exactly once, also during appends and erasures.</summary>
public sealed class PostgresSimulationLedgerTests(PostgresServer server) : IAsyncLifetime
{
    private LedgerStage _stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task It_reads_every_event_up_to_the_last_position_during_appends_and_a_withdrawal()
    {
        var handles = Enumerable.Range(0, 12).Select(_ => Some.Handle()).ToArray();
        var enrolled = handles.Select(handle => Some.Enrolment(Some.Locators(), handle)).ToArray();
        foreach (var enrolment in enrolled) await _stage.PostgresEnrolments.Enrol(enrolment, Cancel);
        for (var i = 0; i < 30; i++) await Send();
        var positions = await _stage.Simulation.Positions(Cancel);
        positions.ShouldBe((await _stage.Rows<long>("SELECT position FROM ledger.head ORDER BY partition")).ToArray());
        var expected = await Expected();

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var sending = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await Send();
        });
        var read = await ReadAll(positions);
        read.Select(e => (e.Partition, e.Position)).ShouldBe(expected);
        read.ShouldAllBe(e => e.Kind == EntryKind.Event && e.Body.SequenceEqual(Some.Body("1")) && e.Day == Some.Day);

        await _stage.PostgresEnrolments.Withdraw(enrolled[0].Locators[0], Some.Day, Some.Request, Cancel);
        (await ReadAll(positions)).Select(e => e.Subject).Distinct().Count().ShouldBe(11);
        await stop.CancelAsync();
        await sending;

        Task Send() => _stage.PostgresLedger.AppendEvents([.. handles.Select(handle => Some.Event(handle.Hash))], Cancel);
    }

    [Fact]
    public async Task It_has_connections_of_its_own_so_that_no_request_waits_for_one()
    {
        await using var one = await _stage.Database.Bulk.OpenConnectionAsync(Cancel);
        await using var two = await _stage.Database.Bulk.OpenConnectionAsync(Cancel);
        var waiting = _stage.Simulation.Positions(Cancel);
        (await _stage.PostgresLedger.ReadPartition(0, 0, 10, Cancel)).Entries.ShouldBeEmpty();
        waiting.IsCompleted.ShouldBeFalse();
        await one.CloseAsync();
        (await waiting).Length.ShouldBe(4);
    }

    private async Task<List<Entry>> ReadAll(long[] positions)
    {
        var read = new List<Entry>();
        for (var partition = 0; partition < positions.Length; partition++)
            await foreach (var entry in _stage.Simulation.Read(partition, positions[partition], Cancel)) read.Add(entry);
        return read;
    }

    private async Task<List<(int, long)>> Expected() =>
    [
        .. (await _stage.Rows<long[]>(
            "SELECT ARRAY[partition::bigint, position] FROM ledger.entry WHERE kind = 1 ORDER BY partition, position"))
        .Select(row => ((int)row[0], row[1])),
    ];
}
