using Microsoft.Extensions.Options;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Exports;

/// <summary>Pages of an archive's entries.</summary>
internal sealed class ExportReading(IExportStore store, IOptions<ExportOptions> options)
{
    public async Task<ExportedEntries> Entries(ExportMark mark, long after)
    {
        var page = await store.ReadEntries(mark.Subject, after, mark.LastTurn, options.Value.PageEntries, CancellationToken.None);
        return new ExportedEntries([.. page], page.Count > 0 && page[^1].Entry.Turn < mark.LastTurn ? page[^1].Entry.Turn : null);
    }

    /// <summary>Goes through a stretch of turns at once; those without entries of the kinds cost no page.</summary>
    public async Task<ExportedHistory> Kinds(ExportMark mark, IReadOnlyList<EntryKind> kinds, long after)
    {
        var (count, to) = (options.Value.PageEntries, Math.Min(mark.LastTurn, after + options.Value.ScanTurns));
        var page = await store.ReadKinds(mark.Subject, kinds, after, to, count, CancellationToken.None);
        var reached = page.Count == count ? page[^1].Turn : to;
        return new ExportedHistory(
            [.. page.Select(entry => new HistoryEntry(entry.Turn, entry.Kind, entry.Day, entry.Body))],
            reached < mark.LastTurn ? reached : null);
    }
}
