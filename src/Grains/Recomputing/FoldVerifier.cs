using Scoring.Notices;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.SetAside;
using Scoring.Subjects;

namespace Scoring.Recomputing;

/// <summary>The result of the verification of a live fold.</summary>
internal enum FoldVerdict
{
    /// <summary>It equals the ledger's fold.</summary>
    Same = 1,

    /// <summary>It differs from the ledger's fold.</summary>
    Different = 2,

    /// <summary>It can no longer be compared: its subject has left, or its rules or its ledger have been replaced.</summary>
    PassedOver = 3,
}

/// <summary>
/// Recomputes a copied fold from the ledger alone, without a snapshot, up to the same turn, and compares the complete states.
/// </summary>
internal sealed class FoldVerifier(SubjectDependencies services, INoticeLedger reach)
{
    /// <summary>Compares a copied fold with the ledger's fold.</summary>
    /// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached.</exception>
    /// <exception cref="RuleBookStaleException">The silo's rule book is older than its limit.</exception>
    public async Task<FoldVerdict> Check(FoldCopy copy, CancellationToken cancellationToken)
    {
        // The next query of the subject discards a fold of other rules or of another ledger; until then the fold answers nothing.
        if (services.RuleBook.Current.Find(copy.Programme) is not { } rules || rules.Hash != copy.RulesHash) return FoldVerdict.PassedOver;
        var fresh = await Recompute(copy, rules, cancellationToken);
        // This check comes last: a concurrent erasure may have removed rows during the read.
        var current = await reach.ReadReach([copy.Subject], cancellationToken);
        if (!current.LastTurns.TryGetValue(copy.Subject, out var last) || services.Incarnation.Number != copy.Incarnation)
            return FoldVerdict.PassedOver;
        var day = rules.Day(services.Clock.Now);
        return copy.Turn <= last && FoldComparison.AreSame(copy.State, fresh, day, rules) ? FoldVerdict.Same : FoldVerdict.Different;
    }

    private async Task<FoldState> Recompute(FoldCopy copy, ProgrammeRules rules, CancellationToken cancellationToken)
    {
        var fresh = new FoldState();
        var pageMax = services.Options.PageEntries;
        while (fresh.Turn < copy.Turn)
        {
            var page = await services.Ledger.ReadForFold(copy.Subject, fresh.Turn, pageMax, cancellationToken);
            foreach (var entry in page)
            {
                if (entry.Turn > copy.Turn) break;
                // Missing turns are past their retention, and outside every window.
                fresh.PassOver(entry.Turn - 1);
                // Entries under a snapshot that an earlier version stored may not be noted yet.
                if (fresh.Apply(entry, rules).Fault is { } fault)
                    services.SetAside.Add(SetAsideEntry.Of(copy.Subject, copy.Programme, entry, fault, rules));
            }
            if (page.Count < pageMax) fresh.PassOver(copy.Turn);
        }
        return fresh;
    }
}
