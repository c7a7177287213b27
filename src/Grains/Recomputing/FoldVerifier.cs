using Scoring.Notices;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.Recomputing;

/// <summary>What came of looking at a live fold.</summary>
internal enum FoldVerdict
{
    /// <summary>It is the ledger's fold.</summary>
    Same = 1,

    /// <summary>It is not.</summary>
    Different = 2,

    /// <summary>It is none to compare any more: its subject has left, or its rules or its ledger have been replaced.</summary>
    PassedOver = 3,
}

/// <summary>Recomputes a copied fold from the ledger alone, no snapshot, up to the same turn, and compares the whole of both.</summary>
internal sealed class FoldVerifier(SubjectDependencies services, INoticeLedger reach)
{
    /// <summary>Compares.</summary>
    /// <exception cref="Ledger.LedgerUnavailableException">The ledger is out of reach.</exception>
    /// <exception cref="RuleBookStaleException">There are no rules to fold by.</exception>
    public async Task<FoldVerdict> Check(FoldCopy copy, CancellationToken cancellationToken)
    {
        // A fold of other rules or of another ledger is thrown away when it is next asked; until then it answers nothing.
        if (services.RuleBook.Current.Find(copy.Programme) is not { } rules || rules.Hash != copy.RulesHash) return FoldVerdict.PassedOver;
        var fresh = await Recompute(copy, rules, cancellationToken);
        // Asked last: an erasure under way may have taken rows from under the reading.
        var found = await reach.ReadReach([copy.Subject], cancellationToken);
        if (!found.LastTurns.TryGetValue(copy.Subject, out var last) || services.Incarnation.Number != copy.Incarnation) return FoldVerdict.PassedOver;
        var day = rules.Day(services.Clock.Now);
        return copy.Turn <= last && FoldComparison.AreSame(copy.State, fresh, day, rules) ? FoldVerdict.Same : FoldVerdict.Different;
    }

    private async Task<FoldState> Recompute(FoldCopy copy, ProgrammeRules rules, CancellationToken cancellationToken)
    {
        var (fresh, pageMax) = (new FoldState(), services.Options.PageEntries);
        while (fresh.Turn < copy.Turn)
        {
            var page = await services.Ledger.ReadSubject(copy.Subject, fresh.Turn, pageMax, cancellationToken);
            foreach (var entry in page)
            {
                if (entry.Turn > copy.Turn) break;
                // What is missing is past its retention, and outside every window.
                fresh.PassOver(entry.Turn - 1);
                fresh.Apply(entry, rules);
            }
            if (page.Count < pageMax) fresh.PassOver(copy.Turn);
        }
        return fresh;
    }
}
