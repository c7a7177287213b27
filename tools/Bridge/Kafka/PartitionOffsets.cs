using Confluent.Kafka;

namespace Scoring.Bridge.Kafka;

/// <summary>
/// The messages of each partition that the bridge has taken, in their order. Only the consumer's thread uses it, and rebalances come on
/// that thread.
/// </summary>
internal sealed class PartitionOffsets
{
    private readonly Dictionary<TopicPartition, Queue<KafkaDelivery>> _taken = [];

    /// <summary>Adds a message.</summary>
    public void Add(TopicPartition partition, KafkaDelivery delivery)
    {
        if (!_taken.TryGetValue(partition, out var queue)) _taken.Add(partition, queue = new());
        queue.Enqueue(delivery);
    }

    /// <summary>
    /// Stores the offset of each partition up to which everything is settled; the library commits it. Returns how many messages are behind
    /// those offsets, as far as the brokers have said.
    /// </summary>
    public long Store(IConsumer<byte[], byte[]> consumer)
    {
        var lag = 0L;
        foreach (var (partition, queue) in _taken)
        {
            if (TakeSettled(queue) is { } next) TryStore(consumer, new TopicPartitionOffset(partition, next));
            var end = consumer.GetWatermarkOffsets(partition).High;
            var position = consumer.Position(partition);
            lag += queue.Count + (end.IsSpecial || position.IsSpecial ? 0 : Math.Max(0, end.Value - position.Value));
        }
        return lag;
    }

    /// <summary>Gives partitions to another member of the group, together with what is settled of them.</summary>
    public void Revoke(IConsumer<byte[], byte[]> consumer, IEnumerable<TopicPartition> partitions)
    {
        TopicPartition[] given = [.. partitions];
        TopicPartitionOffset[] settled =
        [
            .. from partition in given
               where _taken.ContainsKey(partition)
               let next = TakeSettled(_taken[partition])
               where next is not null
               select new TopicPartitionOffset(partition, next.Value),
        ];
        foreach (var offset in settled) TryStore(consumer, offset); // committed with the revocation
        Lose(given);
    }

    /// <summary>Forgets partitions: the group hands their messages to another member.</summary>
    public void Lose(IEnumerable<TopicPartition> partitions)
    {
        foreach (var partition in partitions)
            if (_taken.Remove(partition, out var queue))
                foreach (var delivery in queue) delivery.Abandon();
    }

    private static Offset? TakeSettled(Queue<KafkaDelivery> queue)
    {
        Offset? next = null;
        while (queue.TryPeek(out var first) && first.Settled.IsCompletedSuccessfully)
        {
            next = first.Next;
            queue.Dequeue();
        }
        return next;
    }

    private static void TryStore(IConsumer<byte[], byte[]> consumer, TopicPartitionOffset offset)
    {
        try
        {
            consumer.StoreOffset(offset);
        }
        catch (KafkaException exception) when (exception.Error.Code is ErrorCode.Local_State or ErrorCode.Local_UnknownPartition)
        {
            // The partition is another member's by now, which sends the same again.
        }
    }
}
