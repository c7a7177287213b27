using Microsoft.Extensions.Options;
using Scoring.Storage;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>The ledger in PostgreSQL: appends go to the silo's group-committing writer, reads straight to the tables.</summary>
public sealed class PostgresLedger : ILedger, IAsyncDisposable
{
    private readonly AppendWriter writer;
    private readonly LedgerReader reader;
    private readonly TimeSpan appendMax;
    private readonly TimeProvider time;
    private readonly ILogger log;

    /// <summary>Starts the writer.</summary>
    public PostgresLedger(
        LedgerDatabase database, LedgerHeads heads, IOptions<LedgerOptions> options, IOptions<StorageOptions> storage, TimeProvider time,
        ILogger<PostgresLedger> log)
    {
        PartitionCount = storage.Value.PartitionCount;
        writer = new AppendWriter(database, heads, options, storage, log);
        reader = new LedgerReader(database, options.Value.ReadRowsMax);
        appendMax = TimeSpan.FromMilliseconds(options.Value.AppendMillisecondsMax);
        this.time = time;
        this.log = log;
    }

    /// <inheritdoc/>
    public int PartitionCount { get; }

    /// <inheritdoc/>
    public async Task AppendEvents(IReadOnlyList<EventToAppend> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0) return;
        var request = new EventsRequest(events);
        writer.Submit(request, events.Count);
        await Committed(request, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<QueryTurn?> AppendQuery(QueryToAppend query, CancellationToken cancellationToken)
    {
        var request = new QueryRequest(query);
        writer.Submit(request, 1);
        await Committed(request, cancellationToken);
        return request.Turn;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Entry>> ReadSubject(SubjectId subject, long turn, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => reader.ReadSubject(subject, turn, count, cancellationToken), log);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Entry>> ReadSubjectBackwards(SubjectId subject, long below, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => reader.ReadSubjectBackwards(subject, below, count, cancellationToken), log);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Entry>> ReadAccessesBackwards(
        SubjectId subject, long below, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => reader.ReadAccessesBackwards(subject, below, count, cancellationToken), log);

    /// <inheritdoc/>
    public Task<LedgerSlice> ReadPartition(int partition, long position, int count, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => reader.ReadPartition(partition, position, count, cancellationToken), log);

    /// <inheritdoc/>
    public Task<SubjectRecord?> FindSubject(SubjectId subject, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => reader.FindSubject(subject, cancellationToken), log);

    /// <inheritdoc/>
    public Task<Snapshot?> ReadSnapshot(SubjectId subject, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => reader.ReadSnapshot(subject, cancellationToken), log);

    /// <inheritdoc/>
    public Task WriteSnapshot(SubjectId subject, Snapshot snapshot, CancellationToken cancellationToken) =>
        PostgresErrors.Try(() => reader.WriteSnapshot(subject, snapshot, cancellationToken), log);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private async Task Committed(AppendRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await request.Done.WaitAsync(appendMax, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            LedgerMetrics.Refused.Add(1);
            throw new LedgerUnavailableException();
        }
    }
}
