using Scoring.Ledger;
using Scoring.Scores;

namespace Scoring.Subjects;

/// <summary>Reads a subject's entries from the first to the last, for explanations. Bodies that no fold reads are empty.</summary>
internal static class FullHistoryReader
{
    /// <summary>Reads them page by page; <see langword="null"/> when the subject has left.</summary>
    /// <exception cref="HistoryTooLongException">
    /// The subject has more entries than <see cref="SubjectOptions.FoldEntriesMax"/>.
    /// </exception>
    public static async Task<IReadOnlyList<Entry>?> Read(ILedger ledger, SubjectId subject, SubjectOptions options)
    {
        var pageEntries = options.PageEntries;
        var entries = new List<Entry>();
        IReadOnlyList<Entry> page;
        do
        {
            page = await ledger.ReadForFold(subject, entries.Count == 0 ? 0 : entries[^1].Turn, pageEntries, CancellationToken.None);
            entries.AddRange(page);
            if (entries.Count > options.FoldEntriesMax) throw new HistoryTooLongException();
        }
        while (page.Count == pageEntries);
        // This check comes last: a concurrent erasure may have removed rows during the read.
        return await ledger.FindSubject(subject, CancellationToken.None) is null ? null : entries;
    }
}
