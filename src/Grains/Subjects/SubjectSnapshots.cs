using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Scores;

namespace Scoring.Subjects;

/// <summary>
/// Loads and stores one subject's snapshots. They are written in the background, one at a time. They are a cache: after a failure, a later
/// activation only reads more entries.
/// </summary>
internal sealed class SubjectSnapshots(SubjectId subject, SubjectDependencies services)
{
    /// <summary>Days by which the clocks of silos may differ. As many days are kept beyond every window.</summary>
    private const int PruneMarginDays = 2;

    private long _keptTurn;

    /// <summary>Completes when no snapshot is being written.</summary>
    public Task Written { get; private set; } = Task.CompletedTask;

    /// <summary>Returns a snapshot's state; <see langword="null"/> when it is of other rules or another version of the fold.</summary>
    public FoldState? Load(Snapshot snapshot, ProgrammeRules rules)
    {
        if (snapshot.RuleBookHash != rules.Hash || snapshot.FoldVersion != FoldState.FoldVersion) return null;
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

    /// <summary>Starts to store a snapshot, if enough entries are new and none is being written.</summary>
    public void Keep(FoldState state, ProgrammeRules rules)
    {
        // The fold may have started again under other rules.
        if (state.Turn < _keptTurn) _keptTurn = 0;
        if (state.Turn - _keptTurn < services.Options.SnapshotEntries || !Written.IsCompleted) return;
        // Under a clock that is ahead, days would be pruned that still count. Without a snapshot nothing is lost.
        if (services.ClockGuard.IsSuspect) return;
        state.Prune(rules.Day(services.Clock.Now).AddDays(-PruneMarginDays), rules);
        _keptTurn = state.Turn;
        // A state without points holds no day, so it never expires.
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
            // No call awaits this write. The next snapshot is due after as many new entries again.
            GrainMetrics.SnapshotsFailed.Add(1);
            SubjectLog.SnapshotFailed(services.Log, exception.GetType().Name);
        }
    }
}
