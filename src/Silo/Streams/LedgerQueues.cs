using System.Globalization;
using Orleans.Runtime;
using Orleans.Streams;
using Scoring.Ledger;

namespace Scoring.Streams;

/// <summary>
/// One queue and one stream for each partition, spread evenly over the ring by number. The mapping is a persistent identity: it must not
/// change.
/// </summary>
internal sealed class LedgerQueues : IConsistentRingStreamQueueMapper
{
    private readonly QueueId[] _queues;

    public LedgerQueues(int partitionCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(partitionCount);
        var share = (1UL << 32) / (ulong)partitionCount;
        _queues = [.. Enumerable.Range(0, partitionCount)
            .Select(partition => QueueId.GetQueueId(LedgerStream.Name, (uint)partition, (uint)(share * (ulong)partition + share / 2)))];
    }

    public static StreamId StreamOf(int partition) => StreamId.Create(LedgerStream.Name, partition);

    public static int PartitionOf(QueueId queue) => (int)queue.GetNumericId();

    public IEnumerable<QueueId> GetAllQueues() => _queues;

    public IEnumerable<QueueId> GetQueuesForRange(IRingRange range) => _queues.Where(queue => range.InRange(queue.GetUniformHashCode()));

    public QueueId GetQueueForStream(StreamId streamId) => _queues[int.Parse(streamId.GetKeyAsString(), CultureInfo.InvariantCulture)];
}
