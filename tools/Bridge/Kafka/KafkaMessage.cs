using System.Text;
using Confluent.Kafka;
using Scoring.Bridge.Messages;

namespace Scoring.Bridge.Kafka;

/// <summary>Reads a Kafka message by the Kafka protocol binding of CloudEvents 1.0.</summary>
internal static class KafkaMessage
{
    private const string Prefix = "ce_";
    private const string ContentType = "content-type";

    /// <summary>Returns the events of a message.</summary>
    public static MessageContent Read(Message<byte[], byte[]> message)
    {
        string? contentType = null;
        var attributes = new List<MessageAttribute>();
        foreach (var header in message.Headers ?? [])
        {
            var value = header.GetValueBytes() ?? [];
            if (header.Key == ContentType) contentType = Encoding.UTF8.GetString(value);
            else if (header.Key.StartsWith(Prefix, StringComparison.Ordinal)) attributes.Add(new(header.Key[Prefix.Length..], value));
        }
        return MessageReader.Read(message.Value, contentType, attributes);
    }
}
