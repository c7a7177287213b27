using System.Diagnostics;
using System.Threading.Channels;
using Scoring.Storage;

namespace Scoring.Ledger;

/// <summary>
/// One of the writer's lanes: commits what has gathered, one flush at a time, for the partitions it owns. Whatever a flush meets, the
/// lane lives on.
/// </summary>
internal sealed class Lane
{
    private readonly Channel<PendingRow> queue = Channel.CreateUnbounded<PendingRow>(new() { SingleReader = true });
    private readonly LedgerDatabase database;
    private readonly LedgerHeads heads;
    private readonly AppendWriter writer;
    private readonly LedgerOptions options;
    private readonly ILogger log;

    public Lane(
        LedgerDatabase database, LedgerHeads heads, AppendWriter writer, LedgerOptions options, ILogger log, CancellationToken stop)
    {
        this.database = database;
        this.heads = heads;
        this.writer = writer;
        this.options = options;
        this.log = log;
        Ended = Task.Run(() => Run(stop), CancellationToken.None);
    }

    public Task Ended { get; }

    public void Add(PendingRow row) => queue.Writer.TryWrite(row);

    private async Task Run(CancellationToken stop)
    {
        var rows = new List<PendingRow>(options.FlushRowsMax);
        try
        {
            while (await queue.Reader.WaitToReadAsync(stop))
            {
                rows.Clear();
                while (rows.Count < options.FlushRowsMax && queue.Reader.TryRead(out var row)) rows.Add(row);
                await Commit(rows);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            while (queue.Reader.TryRead(out var row)) writer.Fail([row], new LedgerUnavailableException());
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
