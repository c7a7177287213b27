using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.SetAside;

/// <summary>
/// Folds a subject again from the ledger alone. Afterwards its snapshot, its live fold and its notes are those of the rules and the code of
/// this silo.
/// </summary>
internal sealed class SetAsideReplayer(ISetAsideStore store, ISubjectMemory memory, SubjectDependencies services)
{
    /// <summary>Folds one subject again.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger or the subject's silo cannot be reached.</exception>
    /// <exception cref="RuleBookStaleException">The silo's rule book is older than its limit.</exception>
    public async Task Replay(SetAsideSubject due, CancellationToken cancellationToken)
    {
        // A query may restore the old snapshot at any moment, and an old fold may be storing one. So the snapshot goes first, then the live
        // fold; the new snapshot replaces one that was being stored; and what a query has restored meanwhile goes last.
        await store.DropSnapshot(due.Subject, cancellationToken);
        await memory.Forget(due.Kind, due.Subject);
        var (state, rulesHash, faults) = await Fold(due, cancellationToken);
        await store.Settle(
            due.Subject, faults,
            new Snapshot(state.Turn, rulesHash, FoldState.FoldVersion, state.Save()) { Oldest = state.OldestDay ?? DateOnly.MaxValue },
            cancellationToken);
        await memory.Forget(due.Kind, due.Subject);
    }

    private async Task<(FoldState State, string RulesHash, IReadOnlyCollection<SetAsideEntry> Faults)> Fold(
        SetAsideSubject due, CancellationToken cancellationToken)
    {
        var rules = services.RuleBook.Current.Find(due.Programme) ?? throw new RuleBookStaleException();
        var state = new FoldState();
        var faults = new List<SetAsideEntry>();
        var pageMax = services.Options.PageEntries;
        while (true)
        {
            var page = await services.Ledger.ReadForFold(due.Subject, state.Turn, pageMax, cancellationToken);
            foreach (var entry in page)
            {
                // Missing turns are past their retention, and outside every window.
                state.PassOver(entry.Turn - 1);
                if (state.Apply(entry, rules).Fault is { } fault)
                    faults.Add(SetAsideEntry.Of(due.Subject, due.Programme, entry, fault, rules));
            }
            if (page.Count < pageMax) return (state, rules.Hash, faults);
        }
    }
}
