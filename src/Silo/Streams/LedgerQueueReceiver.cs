using Orleans.Streams;
using Scoring.Ledger;

namespace Scoring.Streams;

/// <summary>
/// Reads one partition as it grows, from where the ledger stands when the queue is taken: nothing rests on the stream, so nothing is
/// told anew. There is nothing to acknowledge either.
/// </summary>
internal sealed class LedgerQueueReceiver(
    int partition, ILedger ledger, ILedgerHeads heads, LedgerIncarnation life, LedgerStreamOptions options)
    : IQueueAdapterReceiver, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private long _position = -1;
    private int _life;

    public Task Initialize(TimeSpan timeout)
    {
        (_position, _life) = (heads.Head(partition), life.Number);
        return Task.CompletedTask;
    }

    /// <summary>The next slice; empty only when the partition has not grown within the wait. What goes wrong is thrown.</summary>
    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        if (_position < 0) throw new InvalidOperationException("The queue is read before its place is known.");
        if (_life != life.Number) await Initialize(default);
        if (!await HasGrown(cancellationToken)) return [];
        var slice = await ledger.ReadPartition(partition, _position, options.SliceRowsMax, cancellationToken);
        if (slice.To <= _position) throw new InvalidOperationException("The ledger does not hold what its head tells of.");
        _position = slice.To;
        return [new LedgerSliceBatch(slice)];
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task Shutdown(TimeSpan timeout)
    {
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
        if (heads.Head(partition) > _position) return true;
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        wait.CancelAfter(options.WaitMs);
        try
        {
            await heads.Past(partition, _position, wait.Token);
            return true;
        }
        catch (OperationCanceledException) when (wait.IsCancellationRequested)
        {
            return false;
        }
    }
}
