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
    public static async Task<SubjectHistory?> Read(ILedger ledger, SubjectId subject, SubjectOptions options)
    {
        var pageEntries = options.PageEntries;
        if (await ledger.ReadHistory(subject, HistoryStart.FirstEntry, pageEntries, CancellationToken.None) is not { } first) return null;
        if (first.Entries.Count < pageEntries) return Limited(first, options);
        var entries = new List<Entry>(first.Entries);
        IReadOnlyList<Entry> page;
        do
        {
            page = await ledger.ReadForFold(subject, entries[^1].Turn, pageEntries, CancellationToken.None);
            entries.AddRange(page);
            if (entries.Count > options.FoldEntriesMax) throw new HistoryTooLongException();
        }
        while (page.Count == pageEntries);
        // The first page was read with the enrolment. A concurrent erasure may have removed rows of the others, so this check comes last.
        return await ledger.FindSubject(subject, CancellationToken.None) is null ? null : first with { Entries = entries };
    }

    private static SubjectHistory Limited(SubjectHistory history, SubjectOptions options) =>
        history.Entries.Count > options.FoldEntriesMax ? throw new HistoryTooLongException() : history;
}
