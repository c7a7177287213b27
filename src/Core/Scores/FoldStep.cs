namespace Scoring.Scores;

/// <summary>The result of applying an entry to a fold.</summary>
public enum FoldOutcome
{
    /// <summary>The entry was the next one and is folded.</summary>
    Folded = 1,

    /// <summary>The entry was already folded; nothing changed.</summary>
    Known = 2,

    /// <summary>Entries before it are missing; nothing changed. The caller reads the ledger after the fold's turn.</summary>
    Gap = 3,

    /// <summary>The entry was the next one and counts as folded, but it cannot be valued and gives no points.</summary>
    SetAside = 4,
}

/// <summary>The result of applying an entry to a fold, with the reason when the entry is set aside.</summary>
/// <param name="Outcome">The result.</param>
/// <param name="Fault">Why the entry is set aside, one of <see cref="Rules.EntryFault"/>; <see langword="null"/> otherwise.</param>
public readonly record struct FoldStep(FoldOutcome Outcome, string? Fault);
