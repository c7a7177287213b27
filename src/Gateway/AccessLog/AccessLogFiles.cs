using System.Globalization;
using System.Text.Json;
using Scoring.Archives;
using Scoring.Enrolments;
using Scoring.Exports;
using Scoring.Scores;

namespace Scoring.AccessLog;

/// <summary>Writes the accesses and their answers in ascending turns, as JSON and as CSV.</summary>
internal sealed class AccessLogFiles(ArchiveFormat format)
{
    /// <summary>Writes the JSON and returns the explanation of the score, which the last page has.</summary>
    public async Task<Explanation?> WriteJson(ArchiveFile file, IAsyncEnumerable<ExportedAccesses> pages)
    {
        using var rows = new JsonRows(file);
        Explanation? explanation = null;
        await foreach (var page in pages)
        {
            foreach (var access in page.Looks) rows.Add(json => JsonSerializer.Serialize(json, access, format.Json));
            await file.Flush();
            explanation = page.Explanation;
        }
        rows.End();
        return explanation;
    }

    public async Task WriteCsv(ArchiveFile file, IAsyncEnumerable<ExportedAccesses> pages)
    {
        Csv.Row(
            file, "turn", "kind", "day", "at", "service", "legalEntity", "purpose", "contact", "reference", "score", "tier");
        await foreach (var page in pages)
        {
            foreach (var access in page.Looks) WriteRow(file, access);
            await file.Flush();
        }
    }

    private void WriteRow(ArchiveFile file, AccessView access) => Csv.Row(
        file, access.Turn.ToString(CultureInfo.InvariantCulture), ArchiveFormat.Word(access.Kind),
        access.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), format.Text(access.At), access.Service, access.LegalEntity,
        access.Purpose,
        access.Contact, access.Reference, access.Answer?.Score.ToString(CultureInfo.InvariantCulture), access.Answer?.Tier);
}
