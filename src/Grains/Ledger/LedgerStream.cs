namespace Scoring.Ledger;

/// <summary>
/// The Orleans stream provider and namespace by which the ledger is followed: one stream a partition, keyed by its number.
/// </summary>
public static class LedgerStream
{
    /// <summary>Name of the provider and of the namespace.</summary>
    public const string Name = "ledger";
}
