using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Scores;

namespace Scoring.Subjects;

/// <content>How a fold starts and continues from the ledger.</content>
internal sealed partial class SubjectFold
{
    /// <summary>
    /// Starts from the snapshot that was read, if this version of the fold stored it under the current rules. Returns the entries that were
    /// read if they follow on the state; <see langword="null"/> when the ledger must be read again.
    /// </summary>
    private IReadOnlyList<Entry>? Restore(FoldStart start, ProgrammeRules rules)
    {
        // A history that another incarnation may hold is not used.
        if (start.Incarnation != _incarnation) return null;
        var snapshot = start.History.Snapshot;
        if (snapshot is null)
        {
            GrainMetrics.SnapshotReads.Add(1, GrainMetrics.NoSnapshot);
        }
        else if (snapshot.Turn > _state.Turn)
        {
            var stored = _snapshots.Load(snapshot, rules);
            GrainMetrics.SnapshotReads.Add(1, stored is null ? GrainMetrics.Miss : GrainMetrics.Hit);
            _state = stored ?? _state;
        }
        return _state.Turn == (snapshot?.Turn ?? 0) ? start.History.Entries : null;
    }

    /// <summary>
    /// Continues a fold from the ledger up to the turns below one, or to the end. It returns the entries that the last page holds beyond,
    /// to save the next read.
    /// </summary>
    /// <param name="state">The fold.</param>
    /// <param name="below">The turn to stop below.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="first">The first page, when it was read together with the enrolment. The others are read here.</param>
    private async Task<(bool IsEnrolled, IEnumerable<Entry> Beyond)> ReadOn(
        FoldState state, long below, ProgrammeRules rules, IReadOnlyList<Entry>? first = null)
    {
        var pageMax = services.Options.PageEntries;
        while (state.Turn < below - 1)
        {
            var before = state.Turn;
            var page = first ?? await services.Ledger.ReadForFold(subject, before, pageMax, CancellationToken.None);
            var isLast = page.Count < pageMax;
            // Missing rows are past their retention, unless the subject is being erased at this moment.
            if (first is null && HasHole(page, before, below, isLast)
                && await services.Ledger.FindSubject(subject, CancellationToken.None) is null) return (false, []);
            first = null;
            var next = 0;
            for (; next < page.Count && page[next].Turn < below; next++)
            {
                state.PassOver(page[next].Turn - 1);
                Apply(state, page[next], rules);
            }
            GrainMetrics.Folded.Add(next, GrainMetrics.ByLedger);
            if (!isLast && next == page.Count) continue;
            if (below < long.MaxValue) state.PassOver(below - 1);
            return (true, page.Skip(next));
        }
        return (true, []);
    }

    private static bool HasHole(IReadOnlyList<Entry> page, long turn, long below, bool isLast)
    {
        foreach (var entry in page)
        {
            if (turn >= below - 1) return false;
            if (entry.Turn != ++turn) return true;
        }
        // A read to the end that finds nothing may be a read after an erasure.
        return isLast && turn < below - 1 && (below < long.MaxValue || page.Count == 0);
    }
}
