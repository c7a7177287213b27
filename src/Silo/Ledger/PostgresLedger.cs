using Microsoft.Extensions.Options;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>The ledger in PostgreSQL. Appends go through the silo's group commit; reads go to the tables directly.</summary>
public sealed class PostgresLedger : ILedger, IAsyncDisposable
{
    private readonly AppendWriter _writer;
    private readonly LedgerReader _reader;
    private readonly SubjectHistoryReader _histories;
    private readonly TimeSpan _appendMax;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    /// <summary>Starts the writer.</summary>
    public PostgresLedger(
        LedgerDatabase database, LedgerHeads heads, IOptions<LedgerOptions> options, TimeProvider time, ILogger<PostgresLedger> log)
    {
        PartitionCount = database.PartitionCount;
        _writer = new AppendWriter(database, heads, options, log);
        _reader = new LedgerReader(database, options.Value.ReadRowsMax);
        _histories = new SubjectHistoryReader(database, options.Value, log);
        _appendMax = TimeSpan.FromMilliseconds(options.Value.AppendMillisecondsMax);
        _time = time;
        _log = log;
    }

    /// <inheritdoc/>
    public int PartitionCount { get; }

    /// <inheritdoc/>
    public async Task AppendEvents(IReadOnlyList<EventToAppend> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0) return;
        var request = new EventsRequest(events);
        _writer.Submit(request, events.Count);
        await Committed(request, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<QueryTurn?> AppendQuery(QueryToAppend query, CancellationToken cancellationToken)
    {
        var request = new QueryRequest(query);
        _writer.Submit(request, 1);
        await Committed(request, cancellationToken);
        return request.Turn;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Entry>> ReadSubject(SubjectId subject, long turn, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.ReadSubject(subject, turn, count, cancellationToken), _log);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Entry>> ReadForFold(SubjectId subject, long turn, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.ReadForFold(subject, turn, count, cancellationToken), _log);

    /// <inheritdoc/>
    public Task<SubjectHistory?> ReadHistory(SubjectId subject, HistoryStart start, int count, CancellationToken cancellationToken) =>
        _histories.Read(subject, start, count, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Entry>> ReadSubjectBackwards(SubjectId subject, long below, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.ReadSubjectBackwards(subject, below, count, cancellationToken), _log);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Entry>> ReadAccessesBackwards(
        SubjectId subject, long below, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.ReadAccessesBackwards(subject, below, count, cancellationToken), _log);

    /// <inheritdoc/>
    public Task<LedgerSlice> ReadPartition(int partition, long position, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.ReadPartition(partition, position, count, cancellationToken), _log);

    /// <inheritdoc/>
    public Task<SubjectRecord?> FindSubject(SubjectId subject, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.FindSubject(subject, cancellationToken), _log);

    /// <inheritdoc/>
    public Task<Snapshot?> ReadSnapshot(SubjectId subject, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.ReadSnapshot(subject, cancellationToken), _log);

    /// <inheritdoc/>
    public Task WriteSnapshot(SubjectId subject, Snapshot snapshot, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => _reader.WriteSnapshot(subject, snapshot, cancellationToken), _log);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _histories.DisposeAsync();
        await _writer.DisposeAsync();
    }

    private async Task Committed(AppendRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await request.Done.WaitAsync(_appendMax, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            LedgerMetrics.Refused.Add(1);
            throw new LedgerUnavailableException();
        }
    }
}

/// <summary>One append that waits. It is done when all its rows are done.</summary>
internal abstract class AppendRequest(int rows)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = rows;

    public Task Done => _done.Task;

    public void RowDone()
    {
        if (Interlocked.Decrement(ref _open) == 0) _done.TrySetResult();
    }

    /// <summary>
    /// Fails the request with its first failed row: the caller may repeat the whole request, because appends are idempotent.
    /// </summary>
    public void Fail(Exception exception) => _done.TrySetException(exception);
}

/// <summary>A batch of events.</summary>
internal sealed class EventsRequest(IReadOnlyList<EventToAppend> events) : AppendRequest(events.Count)
{
    public IReadOnlyList<EventToAppend> Events => events;
}

/// <summary>One query; <see cref="Turn"/> stays <see langword="null"/> when its grant does not allow it.</summary>
internal sealed class QueryRequest(QueryToAppend query) : AppendRequest(1)
{
    public QueryToAppend Query => query;

    public QueryTurn? Turn { get; set; }
}
