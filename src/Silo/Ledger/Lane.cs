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
    private readonly Channel<PendingRow> _queue = Channel.CreateUnbounded<PendingRow>(new() { SingleReader = true });
    private readonly LedgerDatabase _database;
    private readonly LedgerHeads _heads;
    private readonly AppendWriter _writer;
    private readonly LedgerOptions _options;
    private readonly ILogger _log;

    public Lane(
        LedgerDatabase database, LedgerHeads heads, AppendWriter writer, LedgerOptions options, ILogger log, CancellationToken stop)
    {
        _database = database;
        _heads = heads;
        _writer = writer;
        _options = options;
        _log = log;
        Ended = Task.Run(() => Run(stop), CancellationToken.None);
    }

    public Task Ended { get; }

    public void Add(PendingRow row) => _queue.Writer.TryWrite(row);

    private async Task Run(CancellationToken stop)
    {
        var rows = new List<PendingRow>(_options.FlushRowsMax);
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stop))
            {
                rows.Clear();
                while (rows.Count < _options.FlushRowsMax && _queue.Reader.TryRead(out var row)) rows.Add(row);
                await Commit(rows);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            while (_queue.Reader.TryRead(out var row)) _writer.Fail([row], new LedgerUnavailableException());
        }
    }

    private async Task Commit(List<PendingRow> rows)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            var flush = new Flush(rows);
            await using (var connection = await _database.Lanes.OpenConnectionAsync()) await flush.Run(connection);
            foreach (var (partition, position) in flush.Heads) _heads.Advance(partition, position);
            var strays = flush.Strays.Select(i => rows[i]).ToArray();
            for (var i = 0; i < rows.Count; i++)
                if (!flush.Strays.Contains(i)) _writer.Done(rows[i]);
            if (strays.Length > 0) _writer.Reroute(strays);
            LedgerMetrics.FlushSeconds.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
            LedgerMetrics.FlushRows.Record(rows.Count);
            LedgerMetrics.Appended.Add(flush.Appended);
        }
        catch (Exception exception)
        {
            _writer.Fail(rows, PostgresErrors.Translate(exception, _log));
        }
    }
}
