using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Scores;

namespace Scoring.Subjects;

/// <summary>
/// Keeps and finds one subject's snapshots. They are written beside the answers' road, one at a time, and are a cache: a failure costs a
/// longer reading some day.
/// </summary>
internal sealed class SubjectSnapshots(SubjectId subject, SubjectDependencies services)
{
    /// <summary>Days by which today's clocks may differ: as much is kept beyond every window.</summary>
    private const int PruneMarginDays = 2;

    private long _keptTurn;

    /// <summary>Completes when no snapshot is being written.</summary>
    public Task Written { get; private set; } = Task.CompletedTask;

    public async Task<FoldState?> Read(ProgrammeRules rules)
    {
        var snapshot = await services.Ledger.ReadSnapshot(subject, CancellationToken.None);
        if (snapshot is null || snapshot.RuleBookHash != rules.Hash || snapshot.FoldVersion != FoldState.FoldVersion) return null;
        try
        {
            var state = FoldState.Load(snapshot.State);
            _keptTurn = state.Turn;
            return state;
        }
        catch (InvalidDataException)
        {
            SubjectLog.SnapshotDamaged(services.Log);
            return null;
        }
    }

    public void Keep(FoldState state, ProgrammeRules rules)
    {
        // The fold may have been begun anew since, under other rules.
        if (state.Turn < _keptTurn) _keptTurn = 0;
        if (state.Turn - _keptTurn < services.Options.SnapshotEntries || !Written.IsCompleted) return;
        state.Prune(rules.Day(services.Clock.Now).AddDays(-PruneMarginDays), rules);
        _keptTurn = state.Turn;
        // What holds nothing holds nothing of any day: it never goes.
        var oldest = state.OldestDay ?? DateOnly.MaxValue;
        Written = Write(new Snapshot(state.Turn, rules.Hash, FoldState.FoldVersion, state.Save()) { Oldest = oldest });
    }

    private async Task Write(Snapshot snapshot)
    {
        try
        {
            await services.Ledger.WriteSnapshot(subject, snapshot, CancellationToken.None);
            GrainMetrics.Snapshots.Add(1);
        }
        catch (Exception exception)
        {
            // Nobody waits for this; the next one is due after as many entries again.
            GrainMetrics.SnapshotsFailed.Add(1);
            SubjectLog.SnapshotFailed(services.Log, exception.GetType().Name);
        }
    }
}
