using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scoring.Archives;

/// <summary>Writes a JSON array with one element a line, so that a reader can parse the whole or read line by line.</summary>
internal sealed class JsonRows : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArchiveFile _file;
    private readonly Utf8JsonWriter _json;
    private long _rows;

    public JsonRows(ArchiveFile file)
    {
        _file = file;
        _json = new Utf8JsonWriter(file.Pending, Options);
        file.Write("["u8);
    }

    /// <summary>Writes an element.</summary>
    public void Add(Action<Utf8JsonWriter> write)
    {
        _file.Write(_rows++ == 0 ? "\n"u8 : ",\n"u8);
        _json.Reset();
        write(_json);
        _json.Flush();
    }

    /// <summary>Writes an object with the members that the function writes.</summary>
    public void AddObject(Action<Utf8JsonWriter> members) => Add(json =>
    {
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
    });

    /// <summary>Writes the end of the array.</summary>
    public void End() => _file.Write("\n]\n"u8);

    public void Dispose() => _json.Dispose();
}
