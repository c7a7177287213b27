using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scoring.Archives;

/// <summary>A JSON array with one element a line, so that both who parses the whole and who reads line by line can read it.</summary>
internal sealed class JsonRows : IDisposable
{
    private static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArchiveFile _file;
    private readonly Utf8JsonWriter _json;
    private long _rows;

    public JsonRows(ArchiveFile file)
    {
        _file = file;
        _json = new Utf8JsonWriter(file.Pending, Form);
        file.Write("["u8);
    }

    /// <summary>Adds an element.</summary>
    public void Add(Action<Utf8JsonWriter> write)
    {
        _file.Write(_rows++ == 0 ? "\n"u8 : ",\n"u8);
        _json.Reset();
        write(_json);
        _json.Flush();
    }

    /// <summary>Adds an object's members.</summary>
    public void AddObject(Action<Utf8JsonWriter> members) => Add(json =>
    {
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
    });

    /// <summary>Ends the array.</summary>
    public void End() => _file.Write("\n]\n"u8);

    public void Dispose() => _json.Dispose();
}
