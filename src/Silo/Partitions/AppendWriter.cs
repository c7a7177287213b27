using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Scoring.Ledger;
using Scoring.Owners;
using Scoring.Storage;

namespace Scoring.Partitions;

/// <summary>
/// The silo's group commit. A router takes all waiting rows, looks up in one round trip the probable partitions of those whose handle it
/// does not remember, and deals them to the lanes. Each lane commits in one flush what it received during its flush before.
/// </summary>
internal sealed class AppendWriter : IAsyncDisposable
{
    private readonly Channel<PendingRow[]> _requests = Channel.CreateUnbounded<PendingRow[]>(new() { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly LedgerOptions _options;
    private readonly LedgerDatabase _database;
    private readonly ILogger _log;
    private readonly IPartitionOwners _owners;
    private readonly Lane[] _lanes;
    private readonly List<Task> _running;
    private readonly Dictionary<SiloAddress, OwnerLane> _ownerLanes = [];
    private readonly Task _router;
    private int _backlog;

    public AppendWriter(LedgerDatabase database, LedgerWriterDependencies services, IOptions<LedgerOptions> options, ILogger log)
    {
        _database = database;
        _owners = services.Owners;
        _options = options.Value;
        _log = log;
        Memory = _options.RememberedHandlesMax > 0 ? new WriterMemory(database, _options.RememberedHandlesMax) : null;
        _lanes =
        [
            .. Enumerable.Range(0, _options.LaneCount)
                .Select(number => new Lane(database, services, this, _options, log) { Tag = LedgerMetrics.Lane(number) }),
        ];
        _running = [.. _lanes.Select(lane => Task.Run(() => lane.Run(_stop.Token), CancellationToken.None))];
        _router = Task.Run(Route, CancellationToken.None);
    }

    /// <summary>Takes the rows of an append, which stay in this silo when another silo has given them to it.</summary>
    /// <exception cref="LedgerUnavailableException">Too many rows are waiting, or the writer has stopped.</exception>
    public void Submit(AppendRequest request, int rows, bool staysHere = false)
    {
        var pending = new PendingRow[rows];
        for (var i = 0; i < rows; i++) pending[i] = new PendingRow(request, i, -1, 0) { StaysHere = staysHere };
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

    /// <summary>Takes rows back that their owner has not written, to write them here.</summary>
    public void WriteHere(IEnumerable<PendingRow> rows)
    {
        PendingRow[] here = [.. rows.Select(row => row with { StaysHere = true })];
        if (!_requests.Writer.TryWrite(here)) Fail(here, new LedgerUnavailableException());
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

    /// <summary>What the writer remembers; <see langword="null"/> when it remembers nothing.</summary>
    public WriterMemory? Memory { get; }

    /// <summary>Measures how many rows each lane has to commit.</summary>
    public void RecordBacklog()
    {
        foreach (var lane in _lanes) LedgerMetrics.Backlog.Record(lane.Backlog, lane.Tag);
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
        foreach (var lane in _ownerLanes.Values) lane.FailWaiting();
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
            await FindPartitions(rows);
            foreach (var row in rows)
            {
                if (!row.StaysHere && _owners.Find(row.Partition) is { } owner) LaneTo(owner).Add(row);
                else _lanes[row.Partition % _lanes.Length].Add(row);
            }
            rows.Clear();
        }
        catch (Exception exception)
        {
            // A stop breaks the look-up by a cancellation, or by an error of its connection that is then of no interest.
            Fail(rows, _stop.IsCancellationRequested ? new LedgerUnavailableException() : PostgresErrors.Translate(exception, _log));
            rows.Clear();
        }
    }

    private OwnerLane LaneTo(SiloAddress owner)
    {
        if (_ownerLanes.TryGetValue(owner, out var lane)) return lane;
        lane = new OwnerLane(owner, _owners, this, _options);
        _ownerLanes.Add(owner, lane);
        _running.Add(Task.Run(() => lane.Run(_stop.Token), CancellationToken.None));
        return lane;
    }

    /// <summary>
    /// Finds a partition for each row. The keyed hash of an unknown handle or grant determines it. So a row about an unenrolled subject
    /// takes the same steps, and all rows of one handle go through one partition, as those of an enrolled subject do.
    /// </summary>
    private async Task FindPartitions(List<PendingRow> rows)
    {
        var found = new RowLookup(_database, Memory, rows);
        if (found.IsComplete) return;
        await using var connection = await _database.Lanes.OpenConnectionAsync(_stop.Token);
        await found.Complete(connection, _stop.Token);
    }
}
