namespace Scoring.Scores;

/// <summary>What became of an entry handed to a fold.</summary>
public enum FoldOutcome
{
    /// <summary>It was the next one and is folded.</summary>
    Folded = 1,

    /// <summary>It was folded before; nothing changed.</summary>
    Known = 2,

    /// <summary>Entries before it are missing; nothing changed. Read the ledger after the fold's turn.</summary>
    Gap = 3,

    /// <summary>It was the next one and counts as folded, but could not be valued and gives no points.</summary>
    SetAside = 4,
}

/// <summary>What became of an entry handed to a fold.</summary>
/// <param name="Outcome">What.</param>
/// <param name="Fault">Why it was set aside, one of <see cref="Rules.EntryFault"/>; else <see langword="null"/>.</param>
public readonly record struct FoldStep(FoldOutcome Outcome, string? Fault);
