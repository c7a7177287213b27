using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.People;

namespace Scoring.City.Replays;

/// <summary>An event with everything that a source needs to send it.</summary>
/// <param name="Resident">The resident whom it is about.</param>
/// <param name="Handle">The handle by which the source names the resident.</param>
/// <param name="Type">Its type.</param>
/// <param name="Id">Its id.</param>
/// <param name="Instant">When it happened.</param>
/// <param name="Day">Its day in the programme's zone.</param>
/// <param name="Data">Its attributes.</param>
public sealed record OutgoingEvent(
    Resident Resident, Handle Handle, string Type, string Id, DateTimeOffset Instant, DateOnly Day, JsonObject Data);

/// <summary>Writes batches in the JSON batch format of CloudEvents 1.0.</summary>
public static class CloudEvents
{
    /// <summary>How many events a batch holds at most.</summary>
    public const int BatchMax = 500;

    /// <summary>Returns one batch as JSON.</summary>
    public static byte[] Batch(IReadOnlyList<OutgoingEvent> events)
    {
        var buffer = new ArrayBufferWriter<byte>(events.Count * 320);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartArray();
        foreach (var outgoing in events) Write(json, outgoing);
        json.WriteEndArray();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, OutgoingEvent outgoing)
    {
        json.WriteStartObject();
        json.WriteString("specversion", "1.0");
        json.WriteString("id", outgoing.Id);
        json.WriteString("source", outgoing.Handle.Source);
        json.WriteString("type", outgoing.Type);
        json.WriteString("time", outgoing.Instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture));
        json.WriteStartObject("data");
        json.WriteString("programme", outgoing.Resident.Programme);
        json.WriteString("handle", outgoing.Handle.Token);
        foreach (var (name, value) in outgoing.Data)
        {
            json.WritePropertyName(name);
            value!.WriteTo(json);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
