namespace Scoring.Ledger;

/// <summary>
/// A constraint refused a row that the decision under the lock had allowed. It is a defect of the platform, and nothing of the row's flush
/// is written.
/// </summary>
public sealed class LedgerConflictException(string constraint)
    : Exception($"Constraint {constraint} refused a row that was decided under the lock: a defect of the platform.")
{
    /// <summary>The name of the constraint, or the SQLSTATE where PostgreSQL names none.</summary>
    public string Constraint { get; } = constraint;
}
