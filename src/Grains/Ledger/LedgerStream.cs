namespace Scoring.Ledger;

/// <summary>
/// Names the Orleans stream provider and namespace of the ledger. There is one stream for each partition, keyed by its number.
/// </summary>
public static class LedgerStream
{
    /// <summary>The name of the provider and of the namespace.</summary>
    public const string Name = "ledger";
}
