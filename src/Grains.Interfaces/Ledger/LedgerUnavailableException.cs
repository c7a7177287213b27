namespace Scoring.Ledger;

/// <summary>
/// The ledger cannot be written or read now. The gateway answers 503 with <c>Retry-After</c>. No write of the request is confirmed, so the
/// caller sends it again.
/// </summary>
[GenerateSerializer, Alias("scoring.ledger-unavailable")]
public sealed class LedgerUnavailableException() : Exception("The ledger cannot be reached or is past its limits. Try again later.");
