using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.Verify.Archives;

/// <summary>A zip archive of the platform.</summary>
public sealed class ArchiveReader : IDisposable
{
    private readonly ZipArchive _zip;

    private ArchiveReader(ZipArchive zip)
    {
        _zip = zip;
        Manifest = Parsed<JsonObject>("manifest.json");
    }

    /// <summary>What it is of, as it says.</summary>
    public JsonObject Manifest { get; }

    /// <summary>Its form.</summary>
    public string Format => (string?)Manifest["schemaVersion"] ?? "";

    /// <summary>The names of its files.</summary>
    public IEnumerable<string> Names => _zip.Entries.Select(entry => entry.FullName);

    /// <summary>Opens one.</summary>
    /// <exception cref="UnreadableException">It is none, or broken off.</exception>
    public static ArchiveReader Open(Stream file)
    {
        try
        {
            var zip = new ZipArchive(file, ZipArchiveMode.Read);
            if (zip.GetEntry("manifest.json") is null || zip.GetEntry("manifest.jws") is null)
                throw new UnreadableException("This is no archive of the platform, or one that was broken off: it has no signed manifest.");
            return new ArchiveReader(zip);
        }
        catch (InvalidDataException)
        {
            throw new UnreadableException("This is no zip archive, or one that was broken off.");
        }
    }

    /// <summary>Whether there is such a file.</summary>
    public bool Has(string name) => _zip.GetEntry(name) is not null;

    /// <summary>A file's bytes; none when it is missing.</summary>
    public byte[] Bytes(string name)
    {
        if (_zip.GetEntry(name) is not { } entry) return [];
        using var content = entry.Open();
        using var all = new MemoryStream();
        content.CopyTo(all);
        return all.ToArray();
    }

    /// <summary>A file as text.</summary>
    public string Text(string name) => Encoding.UTF8.GetString(Bytes(name));

    /// <summary>A file's content as a stream; <see langword="null"/> when it is missing.</summary>
    public Stream? Content(string name) => _zip.GetEntry(name)?.Open();

    /// <summary>A file as JSON.</summary>
    /// <exception cref="UnreadableException">It is missing or none.</exception>
    public T Parsed<T>(string name) where T : JsonNode
    {
        try
        {
            return (T)JsonNode.Parse(Bytes(name))!;
        }
        catch (Exception exception) when (exception is JsonException or InvalidCastException or NullReferenceException)
        {
            throw new UnreadableException($"{name} of the archive is missing or not of its form.");
        }
    }

    /// <summary>The elements of an array that is written with one element a line.</summary>
    /// <exception cref="UnreadableException">It is not of that form.</exception>
    public IEnumerable<JsonElement> Rows(string name)
    {
        if (Content(name) is not { } content) yield break;
        using var lines = new StreamReader(content);
        if (lines.ReadLine() != "[") throw new UnreadableException($"{name} of the archive is not one row a line.");
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
            throw new UnreadableException($"{name} of the archive has a row that is no JSON.");
        }
    }
}
