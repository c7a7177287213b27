using Scoring.Programmes;

namespace Scoring.Audit;

/// <summary>A request to open an audit case.</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Purpose">The purpose of the audit.</param>
/// <param name="ExpiresOn">The case's last day.</param>
internal sealed record AuditCaseRequest(ProgrammeId Programme, AuditPurpose Purpose, DateOnly ExpiresOn);

/// <summary>A request to read a history.</summary>
/// <param name="Case">The audit case.</param>
/// <param name="Subject">Names the subject.</param>
/// <param name="AsOf">The turn, day or checkpoint up to which the history is read; now when absent.</param>
/// <param name="After">Only entries with greater turns; from the first when absent.</param>
/// <param name="Count">The maximum number of entries, 1 to 500; 500 when absent.</param>
internal sealed record HistoryRequest(string Case, NamedSubject Subject, AsOf? AsOf = null, long? After = null, int? Count = null);

/// <summary>A request to recompute a score.</summary>
/// <param name="Case">The audit case.</param>
/// <param name="Subject">Names the subject.</param>
internal sealed record RecomputationRequest(string Case, NamedSubject Subject);

/// <summary>A request to draw a sample.</summary>
/// <param name="Case">The audit case.</param>
/// <param name="Count">How many subjects to draw, at least 1.</param>
internal sealed record DrawRequest(string Case, int Count);

/// <summary>A request to read the programme's record with proofs.</summary>
/// <param name="Case">The audit case.</param>
/// <param name="Checkpoint">The number of the checkpoint; the latest when absent.</param>
/// <param name="After">Only acts with greater numbers; from the first when absent.</param>
/// <param name="Count">The maximum number of acts, 1 to 500; 500 when absent.</param>
internal sealed record RecordProofRequest(string Case, long? Checkpoint = null, long? After = null, int? Count = null);

/// <summary>A request to read the ledger's leaves.</summary>
/// <param name="Case">The audit case.</param>
/// <param name="Checkpoint">The number of the checkpoint; the latest when absent.</param>
internal sealed record LedgerArchiveRequest(string Case, long? Checkpoint = null);
