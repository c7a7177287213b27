using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;
using Scoring.Ledger;

namespace Scoring.Streams;

/// <summary>
/// Reads one partition as it grows, from its head at the time when the queue is taken. Correctness does not depend on the stream, so
/// nothing is delivered again and nothing is acknowledged.
/// </summary>
internal sealed class LedgerQueueReceiver(int partition, LedgerStreamDependencies services) : IQueueAdapterReceiver, IDisposable
{
    private readonly LedgerStreamOptions _options = services.Options.Value;
    private readonly CancellationTokenSource _stopping = new();
    private long _position = -1;
    private int _incarnation;

    public Task Initialize(TimeSpan timeout)
    {
        services.Tail.Open(partition);
        _position = services.Heads.Head(partition);
        _incarnation = services.Incarnation.Number;
        return Task.CompletedTask;
    }

    /// <summary>Reads the next slice; empty only when the partition has not grown within the wait. An error is thrown.</summary>
    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        if (_position < 0) throw new InvalidOperationException("The queue was read before it was initialized.");
        if (_incarnation != services.Incarnation.Number) await Initialize(default);
        if (!await HasGrown(cancellationToken)) return [];
        var slice = services.Tail.Take(partition, _position, _options.SliceRowsMax, out var missing)
            ?? await services.Ledger.ReadPartition(
                partition, _position, (int)Math.Min(missing ?? long.MaxValue, _options.SliceRowsMax), cancellationToken);
        if (slice.To <= _position) throw new InvalidOperationException("The ledger has no rows up to its own head.");
        _position = slice.To;
        services.Growth.Note(slice.Entries);
        return [new LedgerSliceBatch(slice with { AcceptedAt = services.Tail.AcceptedAt(slice) })];
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task Shutdown(TimeSpan timeout)
    {
        services.Tail.Close(partition);
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    Task<IList<IBatchContainer>> IQueueAdapterReceiver.GetQueueMessagesAsync(int maxCount) =>
        GetQueueMessagesAsync(maxCount, CancellationToken.None);

    Task IQueueAdapterReceiver.MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

    private async Task<bool> HasGrown(CancellationToken cancellationToken)
    {
        if (services.Heads.Head(partition) > _position) return true;
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        wait.CancelAfter(_options.WaitMs);
        try
        {
            await services.Heads.Past(partition, _position, wait.Token);
            return true;
        }
        catch (OperationCanceledException) when (wait.IsCancellationRequested)
        {
            return false;
        }
    }
}

/// <summary>A message of a queue: one slice of its partition.</summary>
[GenerateSerializer, Immutable, Alias("scoring.ledger-slice-batch")]
internal sealed class LedgerSliceBatch(LedgerSlice slice) : IBatchContainer
{
    [Id(0)]
    private readonly LedgerSlice _slice = slice;

    public StreamId StreamId => LedgerQueues.StreamOf(_slice.Partition);

    public StreamSequenceToken SequenceToken => new EventSequenceTokenV2(_slice.To);

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() =>
        _slice is T slice ? [Tuple.Create(slice, SequenceToken)] : [];

    public bool ImportRequestContext() => false;
}
