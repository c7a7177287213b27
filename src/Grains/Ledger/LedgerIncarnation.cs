namespace Scoring.Ledger;

/// <summary>
/// Counts the incarnations of the ledger that this silo has seen. A restored ledger is a new incarnation: what was folded from the one
/// before may be ahead of it. So folds, and positions in the ledger, are valid within one incarnation only.
/// </summary>
public sealed class LedgerIncarnation
{
    private int _number;

    /// <summary>The number of the current incarnation, from 0.</summary>
    public int Number => Volatile.Read(ref _number);

    /// <summary>Records that another ledger has replaced the known one.</summary>
    public void Advance() => Interlocked.Increment(ref _number);
}
