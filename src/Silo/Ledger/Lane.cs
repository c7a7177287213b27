using System.Diagnostics;
using System.Threading.Channels;
using Scoring.Storage;

namespace Scoring.Ledger;

/// <summary>
/// One of the writer's lanes: commits the rows of the partitions it owns, one flush at a time. A flush that fails fails its rows, and the
/// lane goes on with the next.
/// </summary>
internal sealed class Lane(LedgerDatabase database, LedgerHeads heads, AppendWriter writer, LedgerOptions options, ILogger log)
{
    private readonly Channel<PendingRow> _queue = Channel.CreateUnbounded<PendingRow>(new() { SingleReader = true });

    public void Add(PendingRow row) => _queue.Writer.TryWrite(row);

    /// <summary>Commits rows until it is stopped; then the waiting rows fail.</summary>
    public async Task Run(CancellationToken stop)
    {
        var rows = new List<PendingRow>(options.FlushRowsMax);
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stop))
            {
                rows.Clear();
                while (rows.Count < options.FlushRowsMax && _queue.Reader.TryRead(out var row)) rows.Add(row);
                await Commit(rows);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            while (_queue.Reader.TryRead(out var row)) writer.Fail([row], new LedgerUnavailableException());
        }
    }

    private async Task Commit(List<PendingRow> rows)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            var flush = new Flush(rows);
            await using (var connection = await database.Lanes.OpenConnectionAsync()) await flush.Run(connection);
            foreach (var (partition, position) in flush.Heads) heads.Advance(partition, position);
            var strays = flush.Strays.Select(i => rows[i]).ToArray();
            for (var i = 0; i < rows.Count; i++)
                if (!flush.Strays.Contains(i)) writer.Done(rows[i]);
            if (strays.Length > 0) writer.Reroute(strays);
            LedgerMetrics.FlushSeconds.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
            LedgerMetrics.FlushRows.Record(rows.Count);
            LedgerMetrics.Appended.Add(flush.Appended);
        }
        catch (Exception exception)
        {
            writer.Fail(rows, PostgresErrors.Translate(exception, log));
        }
    }
}
