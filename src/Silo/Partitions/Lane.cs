using System.Diagnostics;
using System.Threading.Channels;
using Npgsql;
using Scoring.Ledger;
using Scoring.Storage;

namespace Scoring.Partitions;

/// <summary>
/// One of the writer's lanes: commits the rows of the partitions it owns, one flush at a time. A flush that fails fails its rows, and the
/// lane goes on with the next.
/// </summary>
internal sealed class Lane(
    LedgerDatabase database, LedgerWriterDependencies services, AppendWriter writer, LedgerOptions options, ILogger log)
{
    private readonly Channel<PendingRow> _queue = Channel.CreateUnbounded<PendingRow>(new() { SingleReader = true });

    private readonly FlushWriter _flushes = new(writer.Memory, services.Heads);

    private long _added;
    private long _taken;

    /// <summary>The lane's tag in metrics.</summary>
    public required KeyValuePair<string, object?> Tag { get; init; }

    /// <summary>How many rows wait or are being committed.</summary>
    public long Backlog
    {
        get
        {
            var taken = Volatile.Read(ref _taken); // first, so that it is never more than what was added
            return Volatile.Read(ref _added) - taken;
        }
    }

    /// <summary>Adds a row. Only the router calls it, so the count needs no lock.</summary>
    public void Add(PendingRow row)
    {
        Volatile.Write(ref _added, _added + 1);
        _queue.Writer.TryWrite(row);
    }

    /// <summary>Commits rows until it is stopped; then the waiting rows fail.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        var rows = new List<PendingRow>(options.FlushRowsMax);
        try
        {
            while (await _queue.Reader.WaitToReadAsync(cancellationToken))
            {
                rows.Clear();
                while (rows.Count < options.FlushRowsMax && _queue.Reader.TryRead(out var row)) rows.Add(row);
                var taken = rows.Count; // a commit changes the list
                await Commit(rows);
                Volatile.Write(ref _taken, _taken + taken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            FailWaiting();
        }
    }

    /// <summary>Fails the waiting rows. Call it only when the lane has stopped.</summary>
    public void FailWaiting()
    {
        while (_queue.Reader.TryRead(out var row)) writer.Fail([row], new LedgerUnavailableException());
    }

    private async Task Commit(List<PendingRow> rows)
    {
        var began = Stopwatch.GetTimestamp();
        using var span = LedgerSpans.Flush(rows);
        try
        {
            await using var connection = await database.Lanes.OpenConnectionAsync();
            var flush = await _flushes.Write(connection, rows);
            if (flush.Unproven.Count > 0)
            {
                // Another writer has changed these partitions. The rest of the flush is committed.
                PendingRow[] unproven = [.. flush.Unproven.Select(i => rows[i])];
                var again = new Flush(unproven, writer.Memory, bySqlAlone: true);
                LedgerMetrics.Unproven.Add(unproven.Length);
                Finish(rows, flush, [.. flush.Unproven], span);
                rows.Clear();
                rows.AddRange(unproven);
                await again.Run(connection);
                flush = again;
            }
            Finish(rows, flush, [], span);
            LedgerMetrics.FlushSeconds.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, Tag);
        }
        catch (Exception exception)
        {
            span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", exception.GetType().FullName);
            writer.Fail(rows, PostgresErrors.Translate(exception, log));
        }
    }

    /// <summary>Tells everyone concerned that a flush is committed, except for the rows that it left undecided.</summary>
    private void Finish(List<PendingRow> rows, Flush flush, HashSet<int> undecided, Activity? span)
    {
        foreach (var partition in flush.Guarded?.Written ?? [])
        {
            services.Tail.Add(partition.Slice());
            LedgerMetrics.Decided.Add(partition.Entries.Count);
        }
        if (flush.Heads.Count > 0)
        {
            var acceptedAt = rows.Min(row => row.Request.AcceptedAt);
            foreach (var (partition, position) in flush.Heads)
            {
                services.Tail.Mark(partition, position, acceptedAt);
                if (span is not null) services.Traces.Note(partition, position, span.Context);
                services.Heads.Advance(partition, position);
            }
        }
        for (var i = 0; i < rows.Count; i++)
            if (!undecided.Contains(i) && !flush.Strays.Contains(i)) writer.Done(rows[i]);
        if (flush.Strays.Count > 0) Reroute([.. flush.Strays.Select(i => rows[i])]);
        LedgerMetrics.FlushRows.Record(rows.Count - undecided.Count);
        LedgerMetrics.Appended.Add(flush.Appended);
    }

    private void Reroute(PendingRow[] strays)
    {
        foreach (var row in strays) row.Handle?.MarkStale();
        writer.Reroute(strays);
    }
}
