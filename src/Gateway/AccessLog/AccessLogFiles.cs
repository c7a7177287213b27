using System.Globalization;
using System.Text.Json;
using Scoring.Archives;
using Scoring.Enrolments;
using Scoring.Exports;
using Scoring.Scores;

namespace Scoring.AccessLog;

/// <summary>Who looked and what they were told, in ascending turns, as JSON and as CSV.</summary>
internal sealed class AccessLogFiles(ArchiveFormat form)
{
    /// <summary>Writes the JSON; returns the explanation, which the last page brings.</summary>
    public async Task<Explanation?> Json(ArchiveFile file, IAsyncEnumerable<ExportedAccesses> pages)
    {
        using var rows = new JsonRows(file);
        Explanation? explanation = null;
        await foreach (var page in pages)
        {
            foreach (var look in page.Looks) rows.Add(json => JsonSerializer.Serialize(json, look, form.Json));
            await file.Flush();
            explanation = page.Explanation;
        }
        rows.End();
        return explanation;
    }

    public async Task Csv(ArchiveFile file, IAsyncEnumerable<ExportedAccesses> pages)
    {
        Archives.Csv.Row(
            file, "turn", "kind", "day", "at", "service", "legalEntity", "purpose", "contact", "reference", "score", "tier");
        await foreach (var page in pages)
        {
            foreach (var look in page.Looks) Row(file, look);
            await file.Flush();
        }
    }

    private void Row(ArchiveFile file, AccessView look) => Archives.Csv.Row(
        file, look.Turn.ToString(CultureInfo.InvariantCulture), ArchiveFormat.Word(look.Kind),
        look.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), form.Text(look.At), look.Service, look.LegalEntity, look.Purpose,
        look.Contact, look.Reference, look.Answer?.Score.ToString(CultureInfo.InvariantCulture), look.Answer?.Tier);
}
