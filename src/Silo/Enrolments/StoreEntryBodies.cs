using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scoring.Enrolments;

/// <summary>Bodies of the entries that the store itself writes, in canonical JSON: members by name, no white space.</summary>
internal static class StoreEntryBodies
{
    private static readonly JsonWriterOptions Canonical = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Handle(string id, string source) => Written(json =>
    {
        json.WriteString("handle", id);
        json.WriteString("source", source);
    });

    /// <summary>Of a tombstone: how many entries lost their bodies.</summary>
    public static byte[] Count(long entries) => Written(json => json.WriteNumber("entries", entries));

    private static byte[] Written(Action<Utf8JsonWriter> members)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Canonical))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }
}
