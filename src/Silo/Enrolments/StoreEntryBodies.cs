using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scoring.Enrolments;

/// <summary>Bodies of the entries that the store itself writes, in canonical JSON: members sorted by name, no white space.</summary>
internal static class StoreEntryBodies
{
    private static readonly JsonWriterOptions Canonical = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body of an entry about a handle.</summary>
    public static byte[] Handle(string id, string source) => Write(json =>
    {
        json.WriteString("handle", id);
        json.WriteString("source", source);
    });

    /// <summary>The body that declares a number of rows.</summary>
    public static byte[] Count(long entries) => Write(json => json.WriteNumber("entries", entries));

    private static byte[] Write(Action<Utf8JsonWriter> members)
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
