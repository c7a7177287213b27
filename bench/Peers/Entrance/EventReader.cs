using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Scoring.Peers.Scores;

namespace Scoring.Peers.Entrance;

/// <summary>Reads events from CloudEvents in JSON: one, or a list of them.</summary>
internal static class EventReader
{
    /// <summary>Reads the events of a request.</summary>
    /// <exception cref="JsonException">The body is no JSON.</exception>
    /// <exception cref="KeyNotFoundException">An event has no such member.</exception>
    public static IReadOnlyList<PeerEvent> Read(JsonElement body, ScoringRules rules) => body.ValueKind == JsonValueKind.Array
        ? [.. body.EnumerateArray().Select(one => ReadOne(one, rules))]
        : [ReadOne(body, rules)];

    private static PeerEvent ReadOne(JsonElement one, ScoringRules rules)
    {
        var data = one.GetProperty("data");
        var source = one.GetProperty("source").GetString()!;
        var type = one.GetProperty("type").GetString()!;
        var day = rules.Programme.Day(one.GetProperty("time").GetDateTimeOffset());
        return new PeerEvent(
            data.GetProperty("handle").GetString()!, Key(source, one.GetProperty("id").GetString()!), day, Body(data, source, type));
    }

    private static Guid Key(string source, string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{source.Length}:{source}{id}"), hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>Returns the attributes without programme and handle, source and type.</summary>
    private static byte[] Body(JsonElement data, string source, string type)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartObject("data");
        foreach (var member in data.EnumerateObject())
            if (!member.NameEquals("programme"u8) && !member.NameEquals("handle"u8)) member.WriteTo(json);
        json.WriteEndObject();
        json.WriteString("source"u8, source);
        json.WriteString("type"u8, type);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
