using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Partitions;

/// <summary>A ledger and what one writer remembers of it, whose flushes a test makes one by one.</summary>
internal sealed class WriterStage : IAsyncDisposable
{
    private readonly WriterMemory? _memory;
    private readonly FlushWriter _flushes;

    private WriterStage(LedgerStage ledger, int handlesMax)
    {
        Ledger = ledger;
        _memory = handlesMax == 0 ? null : new WriterMemory(ledger.Database, handlesMax);
        _flushes = new FlushWriter(_memory, ledger.Heads);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public LedgerStage Ledger { get; }

    /// <summary>What the writer remembers; not to be asked for when it remembers nothing.</summary>
    public WriterMemory Memory => _memory!;

    public static async Task<WriterStage> Open(PostgresServer server, int handlesMax = 1000) =>
        new(await LedgerStage.Open(server), handlesMax);

    /// <summary>Enrols a subject with a new handle.</summary>
    public async Task<(NewEnrolment Enrolment, NewHandle Handle)> Enrol()
    {
        var handle = Some.Handle();
        var enrolment = Some.Enrolment(Some.Locators(), handle);
        await Ledger.PostgresEnrolments.Enrol(enrolment, Cancel);
        return (enrolment, handle);
    }

    /// <summary>Looks rows up as the router does.</summary>
    public async Task<List<PendingRow>> LookUp(params EventToAppend[] events)
    {
        var request = new EventsRequest(events);
        List<PendingRow> rows = [.. Enumerable.Range(0, events.Length).Select(index => new PendingRow(request, index, -1, 0))];
        var lookup = new RowLookup(Ledger.Database, _memory, rows);
        if (lookup.IsComplete) return rows;
        await using var connection = await Ledger.Database.Lanes.OpenConnectionAsync(Cancel);
        await lookup.Complete(connection, Cancel);
        return rows;
    }

    /// <summary>Looks events up and writes them in one flush; returns how many entries memory alone has decided.</summary>
    public async Task<int> Write(params EventToAppend[] events) => Decided(await Flush(await LookUp(events)));

    /// <summary>Writes events as a lane does: what memory cannot prove the database decides. Returns as <see cref="Write"/>.</summary>
    public async Task<int> WriteAll(params EventToAppend[] events)
    {
        var rows = await LookUp(events);
        await using var connection = await Ledger.Database.Lanes.OpenConnectionAsync(Cancel);
        var flush = await _flushes.Write(connection, rows);
        if (flush.Unproven.Count > 0) await Flush([.. flush.Unproven.Select(i => rows[i])], bySqlAlone: true);
        return Decided(flush);
    }

    /// <summary>Writes rows that were looked up in one flush.</summary>
    public async Task<Flush> Flush(List<PendingRow> rows, bool bySqlAlone = false)
    {
        var flush = new Flush(rows, _memory, bySqlAlone);
        await using var connection = await Ledger.Database.Lanes.OpenConnectionAsync(Cancel);
        await flush.Run(connection);
        return flush;
    }

    /// <summary>How many entries of a flush memory alone has decided.</summary>
    public static int Decided(Flush flush) => flush.Guarded?.Written.Sum(partition => partition.Entries.Count) ?? 0;

    /// <summary>The number of events in the history of a subject, whose turns must have no gap.</summary>
    public async Task<int> EventsOf(NewEnrolment enrolment)
    {
        var history = await Ledger.PostgresLedger.ReadSubject(enrolment.Subject, 0, 1000, Cancel);
        history.Select(entry => entry.Turn).ShouldBe(Enumerable.Range(1, history.Count).Select(turn => (long)turn));
        return history.Count(entry => entry.Kind == EntryKind.Event);
    }

    public ValueTask DisposeAsync() => Ledger.DisposeAsync();
}
