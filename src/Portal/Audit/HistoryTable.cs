using System.Buffers;
using System.Globalization;
using System.Text;
using Scoring.Client;
using Scoring.Programmes;

namespace Scoring.Audit;

/// <summary>
/// Writes a history as a table (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before it; the archive has
/// the unchanged text.
/// </summary>
internal static class HistoryTable
{
    /// <summary>The row of headings, after the mark by which spreadsheets know UTF-8.</summary>
    public const string Head = "\uFEFFturn,kind,day,type,standing,points,rules,contestedBy,correctedBy,body\r\n";

    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n");

    /// <summary>Returns the rows of entries.</summary>
    public static string Rows(IEnumerable<AuditedHistoryEntry> entries)
    {
        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            var given = entry.Contribution;
            string[] fields =
            [
                Number(entry.Turn), entry.Kind == EntryKind.Unknown ? "" : Words.Of(entry.Kind), ProgrammeDays.Format(entry.Day),
                Field(given?.Type ?? ""), Field(given?.Standing ?? ""), Number(given?.Rules.Sum(rule => rule.Points)),
                Field(given is null ? "" : Rules(given)), Number(given?.ContestedBy), Number(given?.CorrectedBy), Field(entry.Body),
            ];
            text.AppendJoin(',', fields).Append("\r\n");
        }
        return text.ToString();
    }

    /// <summary>A text with its apostrophe and quotes.</summary>
    public static string Field(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..] ? "'" + text : text;
        return safe.AsSpan().ContainsAny(Quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static string Rules(AuditedContribution given) => string.Join(
        "; ", given.Rules.Select(rule => string.Create(CultureInfo.InvariantCulture, $"{rule.Rule} {rule.Points}")));

    // A number is no formula, whatever its sign.
    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
