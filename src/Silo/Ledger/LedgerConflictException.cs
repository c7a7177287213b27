namespace Scoring.Ledger;

/// <summary>
/// A row was refused that the decision under the lock had let through: a defect of the platform, never normal. Nothing of its flush was
/// written.
/// </summary>
public sealed class LedgerConflictException(string constraint)
    : Exception($"The ledger refused a row by {constraint} although it was decided under the lock.")
{
    /// <summary>The constraint that refused.</summary>
    public string Constraint { get; } = constraint;
}
