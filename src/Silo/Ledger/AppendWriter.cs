using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Scoring.Storage;

namespace Scoring.Ledger;

/// <summary>
/// The silo's group commit. A router takes all waiting rows, looks up their probable partitions in one round trip, and deals them to the
/// lanes. Each lane commits in one flush what it received during its flush before.
/// </summary>
internal sealed class AppendWriter : IAsyncDisposable
{
    private readonly Channel<PendingRow[]> _requests = Channel.CreateUnbounded<PendingRow[]>(new() { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly LedgerOptions _options;
    private readonly LedgerDatabase _database;
    private readonly ILogger _log;
    private readonly Lane[] _lanes;
    private readonly Task[] _running;
    private readonly Task _router;
    private int _backlog;

    public AppendWriter(LedgerDatabase database, LedgerHeads heads, IOptions<LedgerOptions> options, ILogger log)
    {
        _database = database;
        _options = options.Value;
        _log = log;
        _lanes = [.. Enumerable.Range(0, _options.LaneCount).Select(_ => new Lane(database, heads, this, _options, log))];
        _running = Array.ConvertAll(_lanes, lane => Task.Run(() => lane.Run(_stop.Token), CancellationToken.None));
        _router = Task.Run(Route, CancellationToken.None);
    }

    /// <exception cref="LedgerUnavailableException">Too many rows are waiting, or the writer has stopped.</exception>
    public void Submit(AppendRequest request, int rows)
    {
        var pending = new PendingRow[rows];
        for (var i = 0; i < rows; i++) pending[i] = new PendingRow(request, i, -1, 0);
        // A completed channel takes no more, so no row waits in it after the writer has stopped.
        if (Interlocked.Add(ref _backlog, rows) <= _options.BacklogRowsMax && _requests.Writer.TryWrite(pending)) return;
        Interlocked.Add(ref _backlog, -rows);
        LedgerMetrics.Refused.Add(1);
        throw new LedgerUnavailableException();
    }

    /// <summary>Routes rows again whose handle moved to another partition. A row that was rerouted too often fails.</summary>
    public void Reroute(PendingRow[] rows)
    {
        var lost = rows.Where(row => row.Reroutes >= _options.ReroutesMax).ToArray();
        Fail(lost, new LedgerUnavailableException());
        PendingRow[] again = [.. rows.Where(row => row.Reroutes < _options.ReroutesMax).Select(row => row.Rerouted())];
        if (again.Length > 0 && !_requests.Writer.TryWrite(again)) Fail(again, new LedgerUnavailableException());
    }

    public void Done(PendingRow row)
    {
        Interlocked.Decrement(ref _backlog);
        row.Request.RowDone();
    }

    public void Fail(IReadOnlyCollection<PendingRow> rows, Exception exception)
    {
        Interlocked.Add(ref _backlog, -rows.Count);
        foreach (var row in rows) row.Request.Fail(exception);
    }

    /// <summary>
    /// Stops router and lanes. Every row that waits then fails, whatever error the stop causes in the router, so no append hangs.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (!_requests.Writer.TryComplete()) return;
        await _stop.CancelAsync();
        await _router;
        await Task.WhenAll(_running);
        // The router may have dealt rows to a lane that had stopped.
        foreach (var lane in _lanes) lane.FailWaiting();
        while (_requests.Reader.TryRead(out var rows)) Fail(rows, new LedgerUnavailableException());
    }

    private async Task Route()
    {
        var gathered = new List<PendingRow>();
        try
        {
            while (await _requests.Reader.WaitToReadAsync(_stop.Token))
            {
                gathered.Clear();
                while (gathered.Count < _options.FlushRowsMax * _lanes.Length && _requests.Reader.TryRead(out var rows))
                    gathered.AddRange(rows);
                await Deal(gathered);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // DisposeAsync fails the rows that wait. Deal has failed those that were gathered.
        }
    }

    private async Task Deal(List<PendingRow> rows)
    {
        try
        {
            var partitions = await ProbablePartitions(rows);
            for (var i = 0; i < rows.Count; i++)
                _lanes[partitions[i] % _lanes.Length].Add(rows[i] with { Partition = partitions[i] });
            rows.Clear();
        }
        catch (Exception exception)
        {
            // A stop breaks the look-up by a cancellation, or by an error of its connection that is then of no interest.
            Fail(rows, _stop.IsCancellationRequested ? new LedgerUnavailableException() : PostgresErrors.Translate(exception, _log));
            rows.Clear();
        }
    }

    /// <summary>
    /// A partition for each row. The keyed hash of an unknown handle or grant determines it. So a row about an unenrolled subject takes the
    /// same steps, and all rows of one handle go through one partition, as those of an enrolled subject do.
    /// </summary>
    private async Task<short[]> ProbablePartitions(List<PendingRow> rows)
    {
        var partitions = new short[rows.Count];
        List<int> events = new(rows.Count), queries = [];
        for (var i = 0; i < rows.Count; i++)
        {
            partitions[i] = _database.PartitionOf(rows[i].Event?.HandleHash ?? rows[i].Query!.GrantHash);
            (rows[i].Request is EventsRequest ? events : queries).Add(i);
        }
        await using var connection = await _database.Lanes.OpenConnectionAsync(_stop.Token);
        await using var batch = new NpgsqlBatch(connection);
        List<List<int>> lookups = [];
        void LookUp(string sql, List<int> indexes, byte[][] hashes)
        {
            if (indexes.Count == 0) return;
            lookups.Add(indexes);
            batch.BatchCommands.Add(Sql.Command(sql, (hashes, NpgsqlDbType.Array | NpgsqlDbType.Bytea)));
        }
        LookUp(LockSql.HandleHints, events, [.. events.Select(i => rows[i].Event!.HandleHash)]);
        LookUp(LockSql.GrantHints, queries, [.. queries.Select(i => rows[i].Query!.GrantHash)]);
        await using var reader = await batch.ExecuteReaderAsync(_stop.Token);
        foreach (var indexes in lookups)
        {
            while (await reader.ReadAsync(_stop.Token)) partitions[indexes[reader.GetInt32(0) - 1]] = reader.GetInt16(1);
            await reader.NextResultAsync(_stop.Token);
        }
        return partitions;
    }
}

/// <summary>One row that waits to be written.</summary>
/// <param name="Request">The append that it belongs to.</param>
/// <param name="Index">Its index in that append.</param>
/// <param name="Partition">The partition that it probably belongs to; -1 before the router looked it up.</param>
/// <param name="Reroutes">How often it was routed again because its handle had moved to another partition.</param>
internal readonly record struct PendingRow(AppendRequest Request, int Index, short Partition, byte Reroutes)
{
    public EventToAppend? Event => Request is EventsRequest events ? events.Events[Index] : null;

    public QueryToAppend? Query => Request is QueryRequest query ? query.Query : null;

    /// <summary>The same row with one reroute more.</summary>
    public PendingRow Rerouted() => this with { Reroutes = (byte)(Reroutes + 1) };
}
