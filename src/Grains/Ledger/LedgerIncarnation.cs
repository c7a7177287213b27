namespace Scoring.Ledger;

/// <summary>
/// Counts the lives of the ledger as this silo has seen them. A restored ledger is another one: what was folded from the one before may
/// be ahead of it, so folds and places in it hold for one life only.
/// </summary>
public sealed class LedgerIncarnation
{
    private int _number;

    /// <summary>Which life this is, from 0.</summary>
    public int Number => Volatile.Read(ref _number);

    /// <summary>Another ledger has taken the place of the one known.</summary>
    public void Advance() => Interlocked.Increment(ref _number);
}
