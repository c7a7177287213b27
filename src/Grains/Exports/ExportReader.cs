using Microsoft.Extensions.Options;
using Scoring.Checkpoints;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Exports;

/// <summary>Reads the pages of an archive's entries and their proofs.</summary>
internal sealed class ExportReader(IExportStore store, ICheckpointStore checkpoints, IOptions<ExportOptions> options)
{
    /// <summary>Returns the next page of entries, in ascending turns.</summary>
    public async Task<ExportedEntries> Entries(ExportMark mark, long after)
    {
        var page = await store.ReadEntries(mark.Subject, after, mark.LastTurn, options.Value.PageEntries, CancellationToken.None);
        return new ExportedEntries([.. page], page.Count > 0 && page[^1].Entry.Turn < mark.LastTurn ? page[^1].Entry.Turn : null);
    }

    /// <summary>
    /// Proves the entries of the same page, as far as a checkpoint covers them; <see langword="null"/> when there is no such checkpoint.
    /// </summary>
    public async Task<ExportedProofs?> Proofs(ExportMark mark, long number, long after)
    {
        if (await checkpoints.Find(number, CancellationToken.None) is not { } checkpoint) return null;
        var page = await Entries(mark, after);
        var turns = page.Entries.ToDictionary(exported => exported.Entry.Position, exported => exported.Entry.Turn);
        var proofs = page.Entries.IsEmpty ? [] : await checkpoints.Inclusion(
            checkpoint, page.Entries[0].Entry.Partition, [.. turns.Keys], CancellationToken.None);
        return new ExportedProofs([.. proofs.Select(proof => new ExportedProof(turns[proof.Position], proof))], page.After);
    }

    /// <summary>Returns the next page of entries of certain kinds. One page searches many turns, so it can be empty.</summary>
    public async Task<ExportedHistory> Kinds(ExportMark mark, IReadOnlyList<EntryKind> kinds, long after)
    {
        var count = options.Value.PageEntries;
        var to = Math.Min(mark.LastTurn, after + options.Value.ScanTurns);
        var page = await store.ReadKinds(mark.Subject, kinds, after, to, count, CancellationToken.None);
        var reached = page.Count == count ? page[^1].Turn : to;
        return new ExportedHistory(
            [.. page.Select(entry => new HistoryEntry(entry.Turn, entry.Kind, entry.Day, entry.Body))],
            reached < mark.LastTurn ? reached : null);
    }
}
