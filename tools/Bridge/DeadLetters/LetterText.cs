using System.Buffers;
using System.Text.Json;
using Scoring.Bridge.Messages;

namespace Scoring.Bridge.DeadLetters;

/// <summary>Writes reasons and dead letters as JSON, one a line.</summary>
internal static class LetterText
{
    /// <summary>Returns the reasons as a JSON array.</summary>
    public static byte[] Reasons(IReadOnlyList<Reason> reasons) => Write(json => WriteReasons(json, reasons));

    /// <summary>Returns one line that says why an event of a file is dead.</summary>
    public static byte[] Line(int number, IReadOnlyList<Reason> reasons) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("line", number);
        json.WritePropertyName("reasons");
        WriteReasons(json, reasons);
        json.WriteEndObject();
    });

    /// <summary>Returns one line with an event from a topic and why it is dead. A message that is no event is in base64.</summary>
    public static byte[] Letter(DateTimeOffset at, string topic, CarriedEvent dead, IReadOnlyList<Reason> reasons) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("at", at);
        json.WriteString("topic", topic);
        json.WritePropertyName("reasons");
        WriteReasons(json, reasons);
        if (dead.Fault is null)
        {
            json.WritePropertyName("event");
            using var written = JsonDocument.Parse(dead.Bytes);
            written.WriteTo(json); // without line breaks
        }
        else json.WriteBase64String("message", dead.Bytes.Span);
        json.WriteEndObject();
    });

    private static void WriteReasons(Utf8JsonWriter json, IReadOnlyList<Reason> reasons)
    {
        json.WriteStartArray();
        foreach (var reason in reasons)
        {
            json.WriteStartObject();
            json.WriteString("pointer", reason.Pointer);
            json.WriteString("detail", reason.Detail);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        write(json);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
