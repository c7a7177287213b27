using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Exports;

/// <summary>Reads entries for a participant's archive, without a lock.</summary>
/// <exception cref="LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
public interface IExportStore
{
    /// <summary>
    /// Reads entries with turns above <paramref name="after"/> up to <paramref name="upTo"/>, ascending, at most <paramref name="count"/>.
    /// It returns none once the subject has left, because its ledger key is deleted with it.
    /// </summary>
    Task<IReadOnlyList<ExportedEntry>> ReadEntries(
        SubjectId subject, long after, long upTo, int count, CancellationToken cancellationToken);

    /// <summary>Reads entries of these kinds from the same turns, ascending, at most <paramref name="count"/>.</summary>
    Task<IReadOnlyList<Entry>> ReadKinds(
        SubjectId subject, IReadOnlyList<EntryKind> kinds, long after, long upTo, int count, CancellationToken cancellationToken);
}
