using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Exports;

/// <summary>Reads for a participant's archive, none of which takes a lock.</summary>
public interface IExportStore
{
    /// <summary>
    /// Entries with turns above <paramref name="after"/> up to <paramref name="upTo"/>, ascending, at most <paramref name="count"/>; none
    /// once the subject has left, because the ledger key is gone with it.
    /// </summary>
    Task<IReadOnlyList<ExportedEntry>> ReadEntries(
        SubjectId subject, long after, long upTo, int count, CancellationToken cancellationToken);

    /// <summary>Of the same turns only entries of these kinds.</summary>
    Task<IReadOnlyList<Entry>> ReadKinds(
        SubjectId subject, IReadOnlyList<EntryKind> kinds, long after, long upTo, int count, CancellationToken cancellationToken);
}
