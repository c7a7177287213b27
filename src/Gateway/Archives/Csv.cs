using System.Buffers;

namespace Scoring.Archives;

/// <summary>
/// Rows by RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe before it; the JSON beside it has it as it is.
/// </summary>
internal static class Csv
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n");

    /// <summary>Adds a row.</summary>
    public static void Row(ArchiveFile file, params ReadOnlySpan<string?> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0) file.Write(","u8);
            file.Write(Field(fields[i] ?? ""));
        }
        file.Write("\r\n"u8);
    }

    /// <summary>One field as it is written.</summary>
    public static string Field(string text)
    {
        var tame = text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..]
            ? "'" + text
            : text;
        return tame.AsSpan().ContainsAny(Quoted) ? $"\"{tame.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : tame;
    }
}
