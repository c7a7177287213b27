using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.Verify.Reports;

namespace Scoring.Verify.Archives;

/// <summary>Reads a zip archive of the platform.</summary>
public sealed class ArchiveReader : IDisposable
{
    private readonly ZipArchive _zip;

    private ArchiveReader(ZipArchive zip)
    {
        _zip = zip;
        Manifest = Parsed<JsonObject>("manifest.json");
    }

    /// <summary>The archive's own description: <c>manifest.json</c>.</summary>
    public JsonObject Manifest { get; }

    /// <summary>The name and version of its format; empty when it states none.</summary>
    public string Format => (string?)Manifest["schemaVersion"] ?? "";

    /// <summary>The names of its files.</summary>
    public IEnumerable<string> Names => _zip.Entries.Select(entry => entry.FullName);

    /// <summary>Opens an archive.</summary>
    /// <exception cref="UnreadableException">The file is not an archive of the platform, or it is incomplete.</exception>
    public static ArchiveReader Open(Stream file)
    {
        try
        {
            var zip = new ZipArchive(file, ZipArchiveMode.Read);
            if (zip.GetEntry("manifest.json") is null || zip.GetEntry("manifest.jws") is null)
                throw new UnreadableException("This is not an archive of the platform, or it is incomplete: it has no signed manifest.");
            return new ArchiveReader(zip);
        }
        catch (InvalidDataException)
        {
            throw new UnreadableException("This is not a zip archive, or it is incomplete.");
        }
    }

    /// <summary>Whether the archive has a file of this name.</summary>
    public bool Has(string name) => _zip.GetEntry(name) is not null;

    /// <summary>Returns a file's bytes; none when the file is missing.</summary>
    public byte[] Bytes(string name)
    {
        if (_zip.GetEntry(name) is not { } entry) return [];
        using var content = entry.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Returns a file as text.</summary>
    public string Text(string name) => Encoding.UTF8.GetString(Bytes(name));

    /// <summary>Opens a file as a stream; <see langword="null"/> when the file is missing.</summary>
    public Stream? Content(string name) => _zip.GetEntry(name)?.Open();

    /// <summary>Returns a file as JSON.</summary>
    /// <exception cref="UnreadableException">The file is missing or malformed.</exception>
    public T Parsed<T>(string name) where T : JsonNode
    {
        try
        {
            return (T)JsonNode.Parse(Bytes(name))!;
        }
        catch (Exception exception) when (exception is JsonException or InvalidCastException or NullReferenceException)
        {
            throw new UnreadableException($"{name} in the archive is missing or malformed.");
        }
    }

    /// <summary>Returns the elements of an array that has one element on each line; none when the file is missing.</summary>
    /// <exception cref="UnreadableException">The file is malformed.</exception>
    public IEnumerable<JsonElement> Rows(string name)
    {
        if (Content(name) is not { } content) yield break;
        using var lines = new StreamReader(content);
        if (lines.ReadLine() != "[") throw new UnreadableException($"{name} in the archive does not have one row on each line.");
        while (lines.ReadLine() is { } line && line != "]")
        {
            if (line.Length == 0) continue;
            yield return Row(name, line);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private static JsonElement Row(string name, string line)
    {
        try
        {
            return JsonElement.Parse(line.TrimEnd(','));
        }
        catch (JsonException)
        {
            throw new UnreadableException($"{name} in the archive has a row that is not JSON.");
        }
    }
}
