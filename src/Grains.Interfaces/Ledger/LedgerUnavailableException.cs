namespace Scoring.Ledger;

/// <summary>The ledger cannot be written or read now. Answered as 503 with Retry-After; nothing was taken for certain.</summary>
[GenerateSerializer, Alias("scoring.ledger-unavailable")]
public sealed class LedgerUnavailableException() : Exception("The ledger cannot be reached or is past its limits. Try again later.");
