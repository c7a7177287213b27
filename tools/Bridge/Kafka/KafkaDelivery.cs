using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Scoring.Bridge.DeadLetters;
using Scoring.Bridge.Messages;

namespace Scoring.Bridge.Kafka;

/// <summary>A Kafka message on its way. Its key is its partition, because that is what Kafka keeps in order.</summary>
internal sealed class KafkaDelivery(ConsumeResult<byte[], byte[]> result, IProducer<byte[], byte[]> producer)
    : Delivery($"{result.Topic}/{result.Partition.Value}")
{
    /// <summary>The offset after it.</summary>
    public Offset Next => result.Offset + 1;

    /// <inheritdoc/>
    public override async Task Bury(CarriedEvent dead, IReadOnlyList<Reason> reasons, CancellationToken cancellationToken)
    {
        var headers = new Headers
        {
            { "scoring-reasons", LetterText.Reasons(reasons) },
            { "scoring-topic", Encoding.UTF8.GetBytes(result.Topic) },
            { "scoring-partition", Encoding.UTF8.GetBytes(result.Partition.Value.ToString(CultureInfo.InvariantCulture)) },
            { "scoring-offset", Encoding.UTF8.GetBytes(result.Offset.Value.ToString(CultureInfo.InvariantCulture)) },
        };
        if (dead.Fault is null) headers.Add("content-type", "application/cloudevents+json"u8.ToArray());
        else
            foreach (var header in result.Message.Headers) headers.Add(header.Key, header.GetValueBytes());
        try
        {
            await producer.ProduceAsync(
                DeadTopics.Of(result.Topic),
                new Message<byte[], byte[]> { Key = result.Message.Key, Value = dead.Bytes.ToArray(), Headers = headers },
                cancellationToken);
        }
        catch (KafkaException exception)
        {
            throw new DeadLetterException($"The topic of dead letters takes nothing: {exception.Error.Code}", exception);
        }
    }
}
