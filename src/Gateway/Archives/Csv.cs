using System.Buffers;

namespace Scoring.Archives;

/// <summary>
/// Writes rows by RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe before it. The JSON file of the same
/// rows has the unchanged text.
/// </summary>
internal static class Csv
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n");

    /// <summary>Writes a row.</summary>
    public static void Row(ArchiveFile file, params ReadOnlySpan<string?> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0) file.Write(","u8);
            file.Write(Field(fields[i] ?? ""));
        }
        file.Write("\r\n"u8);
    }

    /// <summary>A field with its apostrophe and quotes.</summary>
    public static string Field(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..]
            ? "'" + text
            : text;
        return safe.AsSpan().ContainsAny(Quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
