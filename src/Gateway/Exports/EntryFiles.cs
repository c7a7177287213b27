using System.Globalization;
using System.Text;
using System.Text.Json;
using Scoring.Archives;
using Scoring.Enrolments;

namespace Scoring.Exports;

/// <summary>
/// Writes entries as JSON, whose bodies are the bytes that are hashed, and as CSV. Each file reads the pages again, so that no file is held
/// in memory.
/// </summary>
internal sealed class EntryFiles(IAsyncEnumerable<IReadOnlyList<ExportedEntry>> pages)
{
    public async Task WriteJson(ArchiveFile file)
    {
        using var rows = new JsonRows(file);
        await foreach (var page in pages)
        {
            foreach (var entry in page) rows.AddObject(json => Write(json, entry));
            await file.Flush();
        }
        rows.End();
    }

    public async Task WriteCsv(ArchiveFile file)
    {
        Csv.Row(file, "turn", "position", "partition", "kind", "kindNumber", "day", "key", "nonce", "leaf", "body");
        await foreach (var page in pages)
        {
            foreach (var (entry, key, nonce, leaf) in page)
            {
                Csv.Row(
                    file, Number(entry.Turn), Number(entry.Position), Number(entry.Partition), ArchiveFormat.Word(entry.Kind),
                    Number((byte)entry.Kind), Day(entry.Day), key.ToString(), Hex(nonce), Hex(leaf), Encoding.UTF8.GetString(entry.Body));
            }
            await file.Flush();
        }
    }

    /// <summary>Writes entries as the API's history has them, in ascending turns.</summary>
    public static async Task WriteHistory(ArchiveFile file, IAsyncEnumerable<IReadOnlyList<HistoryEntry>> pages)
    {
        using var rows = new JsonRows(file);
        await foreach (var page in pages)
        {
            foreach (var entry in page)
            {
                rows.AddObject(json =>
                {
                    json.WriteNumber("turn", entry.Turn);
                    json.WriteString("kind", ArchiveFormat.Word(entry.Kind));
                    json.WriteString("day", Day(entry.Day));
                    WriteBody(json, entry.Body);
                });
            }
            await file.Flush();
        }
        rows.End();
    }

    private static void Write(Utf8JsonWriter json, ExportedEntry exported)
    {
        var entry = exported.Entry;
        json.WriteNumber("turn", entry.Turn);
        json.WriteNumber("position", entry.Position);
        json.WriteNumber("partition", entry.Partition);
        json.WriteString("kind", ArchiveFormat.Word(entry.Kind));
        json.WriteNumber("kindNumber", (byte)entry.Kind);
        json.WriteString("day", Day(entry.Day));
        json.WriteString("key", exported.Key.ToString());
        json.WriteString("nonce", Hex(exported.Nonce));
        json.WriteString("leaf", Hex(exported.Leaf));
        WriteBody(json, entry.Body);
    }

    private static void WriteBody(Utf8JsonWriter json, byte[] body)
    {
        json.WritePropertyName("body");
        if (body.Length == 0) json.WriteNullValue();
        else json.WriteRawValue(body, skipInputValidation: true);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
