using Microsoft.Extensions.Options;
using Scoring.Owners;
using Scoring.Partitions;
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
    internal PostgresLedger(
        LedgerDatabase database, LedgerWriterDependencies writer, IOptions<LedgerOptions> options, TimeProvider time,
        ILogger<PostgresLedger> log)
    {
        PartitionCount = database.PartitionCount;
        _writer = new AppendWriter(database, writer, options, log);
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
        using var span = LedgerSpans.Append(events.Count);
        var request = new EventsRequest(events) { AcceptedAt = Now };
        _writer.Submit(request, events.Count);
        await Committed(request, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<QueryTurn?> AppendQuery(QueryToAppend query, CancellationToken cancellationToken)
    {
        using var span = LedgerSpans.Append(1);
        var request = new QueryRequest(query) { AcceptedAt = Now };
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

    /// <summary>Appends rows that another silo has given to this one. They are written here.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger is past its limits or cannot be reached.</exception>
    internal async Task<RoutedOutcome> AppendRouted(RoutedRows rows)
    {
        using var span = LedgerSpans.Append(rows.Events.Length + rows.Queries.Length);
        var acceptedAt = rows.AcceptedAt > 0 ? rows.AcceptedAt : Now;
        QueryRequest[] asked = [.. rows.Queries.Select(row => new QueryRequest(row.ToAppend()) { AcceptedAt = acceptedAt })];
        List<AppendRequest> requests = [.. asked];
        foreach (var request in asked) _writer.Submit(request, 1, staysHere: true);
        if (rows.Events.Length > 0)
        {
            var request = new EventsRequest([.. rows.Events.Select(row => row.ToAppend())]) { AcceptedAt = acceptedAt };
            _writer.Submit(request, rows.Events.Length, staysHere: true);
            requests.Add(request);
        }
        foreach (var request in requests) await Committed(request, CancellationToken.None);
        return new RoutedOutcome(true, [.. asked.Select(request => RoutedTurn.Of(request.Turn))]);
    }

    /// <summary>What the writer of this silo remembers; <see langword="null"/> when it remembers nothing.</summary>
    internal WriterMemory? Memory => _writer.Memory;

    /// <summary>Measures how many rows each lane of the writer has to commit.</summary>
    internal void RecordBacklog() => _writer.RecordBacklog();

    /// <summary>Makes the writer of this silo forget what it remembers of a subject that has left.</summary>
    internal void Forget(SubjectId subject) => Memory?.Forget(subject);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _histories.DisposeAsync();
        await _writer.DisposeAsync();
    }

    private long Now => _time.GetUtcNow().UtcTicks;

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

/// <summary>What the writer tells of its commits, the silos that own partitions, and the traces of commits.</summary>
internal sealed record LedgerWriterDependencies(LedgerHeads Heads, LedgerTail Tail, IPartitionOwners Owners, FlushTraces Traces);
