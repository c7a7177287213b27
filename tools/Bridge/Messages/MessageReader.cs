using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Scoring.Bridge.Messages;

/// <summary>An attribute of a CloudEvent that travels outside the message's body.</summary>
internal readonly record struct MessageAttribute(string Name, ReadOnlyMemory<byte> Value);

/// <summary>What a message holds.</summary>
/// <param name="Events">Its events in JSON, in their order.</param>
/// <param name="Fault">Why it holds none; <see langword="null"/> when it is well-formed.</param>
internal sealed record MessageContent(IReadOnlyList<ReadOnlyMemory<byte>> Events, string? Fault);

/// <summary>
/// Finds the events of a message without understanding them: one event or an array of events in JSON, or (binary mode of CloudEvents) data
/// whose attributes travel with it. Whether an event is right is for the platform to say.
/// </summary>
internal static class MessageReader
{
    private const string EventType = "application/cloudevents";
    private const string VersionAttribute = "specversion";

    /// <summary>Reads a message.</summary>
    /// <param name="body">The body.</param>
    /// <param name="contentType">Its media type, if the broker knows one.</param>
    /// <param name="attributes">The attributes that travel with it, by the names of CloudEvents.</param>
    public static MessageContent Read(
        ReadOnlyMemory<byte> body, string? contentType = null, IReadOnlyList<MessageAttribute>? attributes = null)
    {
        var isBinary = attributes?.Any(attribute => attribute.Name == VersionAttribute) == true
            && contentType?.StartsWith(EventType, StringComparison.OrdinalIgnoreCase) != true;
        try
        {
            if (!Utf8.IsValid(body.Span) || attributes?.All(attribute => Utf8.IsValid(attribute.Value.Span)) == false)
                return Faulty("It is not UTF-8.");
            return isBinary ? new MessageContent([Compose(body, contentType, attributes!)], null) : Split(body);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return Faulty(isBinary ? "Its data is not JSON." : "It is not JSON."); // no text of the body
        }
    }

    private static MessageContent Split(ReadOnlyMemory<byte> body)
    {
        var events = new List<ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(body.Span);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) events.Add(Value(ref reader, body));
        }
        else if (reader.TokenType == JsonTokenType.StartObject) events.Add(Value(ref reader, body));
        else return Faulty("It is neither an event nor an array of events.");
        reader.Read(); // throws when anything follows
        return new MessageContent(events, null);
    }

    private static ReadOnlyMemory<byte> Value(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return body[start..(int)reader.BytesConsumed];
    }

    /// <summary>Writes an event of binary mode in the JSON format, which a batch needs.</summary>
    private static ReadOnlyMemory<byte> Compose(
        ReadOnlyMemory<byte> data, string? contentType, IReadOnlyList<MessageAttribute> attributes)
    {
        var buffer = new ArrayBufferWriter<byte>(data.Length + 512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        foreach (var attribute in attributes) json.WriteString(attribute.Name, attribute.Value.Span);
        if (!string.IsNullOrEmpty(contentType)) json.WriteString("datacontenttype", contentType);
        if (!data.IsEmpty)
        {
            json.WritePropertyName("data");
            json.WriteRawValue(data.Span);
        }
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static MessageContent Faulty(string fault) => new([], fault);
}
