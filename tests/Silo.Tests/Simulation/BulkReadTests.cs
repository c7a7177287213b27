using Scoring.Ledger;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Simulation;

/// <summary>Bulk reading sees each position up to the last exactly once, whatever is appended and erased meanwhile.</summary>
public sealed class BulkReadTests(PostgresServer server) : IAsyncLifetime
{
    private LedgerStage stage = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => stage = await LedgerStage.Open(server);

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task It_reads_every_event_up_to_the_last_position_beside_appends_and_a_withdrawal()
    {
        var handles = Enumerable.Range(0, 12).Select(_ => Some.Handle()).ToArray();
        var enrolled = handles.Select(handle => Some.Enrolment(Some.Locators(), handle)).ToArray();
        foreach (var enrolment in enrolled) await stage.PostgresEnrolments.Enrol(enrolment, Cancel);
        for (var i = 0; i < 30; i++) await Send();
        var positions = await stage.Bulk.Positions(Cancel);
        positions.ShouldBe((await stage.Rows<long>("SELECT position FROM ledger.head ORDER BY partition")).ToArray());
        var expected = await Expected();

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var sending = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await Send();
        });
        var read = await ReadAll(positions);
        read.Select(e => (e.Partition, e.Position)).ShouldBe(expected);
        read.ShouldAllBe(e => e.Kind == EntryKind.Event && e.Body.SequenceEqual(Some.Body("1")) && e.Day == Some.Day);

        await stage.PostgresEnrolments.Withdraw(enrolled[0].Locators[0], Some.Day, Some.Request, Cancel);
        (await ReadAll(positions)).Select(e => e.Subject).Distinct().Count().ShouldBe(11);
        await stop.CancelAsync();
        await sending;

        Task Send() => stage.PostgresLedger.AppendEvents([.. handles.Select(handle => Some.Event(handle.Hash))], Cancel);
    }

    [Fact]
    public async Task It_lists_who_had_enrolled_in_one_programme_and_partition_by_a_position_and_has_not_paused()
    {
        var mine = Some.Enrolment(Some.Locators());
        await stage.PostgresEnrolments.Enrol(mine, Cancel);
        await stage.PostgresEnrolments.Enrol(Some.Enrolment(Some.Locators()) with { Programme = Some.OtherProgramme }, Cancel);
        var paused = Some.Enrolment(Some.Locators());
        await stage.PostgresEnrolments.Enrol(paused, Cancel);
        await stage.PostgresEnrolments.Restrict(paused.Locators[0], true, Some.Entry(EntryKind.Restricted), Cancel);
        var last = await stage.Bulk.Positions(Cancel);
        await stage.PostgresEnrolments.Enrol(Some.Enrolment(Some.Locators()), Cancel);
        var found = new List<(SubjectId, DateOnly)>();
        for (var partition = 0; partition < 4; partition++)
            found.AddRange(await stage.Bulk.Subjects(Some.Programme, partition, last[partition], Cancel));
        found.ShouldBe([(mine.Subject, Some.Day)]);
    }

    [Fact]
    public async Task It_has_connections_of_its_own_so_that_nobodys_request_waits_for_one()
    {
        await using var one = await stage.Database.Bulk.OpenConnectionAsync(Cancel);
        await using var two = await stage.Database.Bulk.OpenConnectionAsync(Cancel);
        var waiting = stage.Bulk.Positions(Cancel);
        (await stage.PostgresLedger.ReadPartition(0, 0, 10, Cancel)).Entries.ShouldBeEmpty();
        waiting.IsCompleted.ShouldBeFalse();
        await one.CloseAsync();
        (await waiting).Length.ShouldBe(4);
    }

    private async Task<List<Entry>> ReadAll(long[] positions)
    {
        var read = new List<Entry>();
        for (var partition = 0; partition < positions.Length; partition++)
            await foreach (var entry in stage.Bulk.Read(partition, positions[partition], Cancel)) read.Add(entry);
        return read;
    }

    private async Task<List<(int, long)>> Expected() =>
    [
        .. (await stage.Rows<long[]>(
            "SELECT ARRAY[partition::bigint, position] FROM ledger.entry WHERE kind = 1 ORDER BY partition, position"))
        .Select(row => ((int)row[0], row[1])),
    ];
}
