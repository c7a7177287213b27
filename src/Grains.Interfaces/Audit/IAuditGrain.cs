using System.Collections.Immutable;
using Scoring.Checkpoints;
using Scoring.Enrolments;
using Scoring.Exports;
using Scoring.Hosting;
using Scoring.Programmes;

namespace Scoring.Audit;

/// <summary>
/// Answers auditors' requests. A reentrant stateless worker with key 0; it keeps no state. Every access is an entry of the subject before
/// anything is answered. No member lists, searches or ranks subjects.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
/// <exception cref="Scores.RuleBookStaleException">The silo's rule book is missing or older than its limit (from every member).</exception>
[Alias("scoring.IAuditGrain"), GrainInterfaceType("audit")]
public interface IAuditGrain : IGrainWithIntegerKey
{
    /// <summary>Opens a case. The case is an action in the programme's public record.</summary>
    /// <param name="auditor">The pairwise subject identifier of the auditor's token.</param>
    /// <param name="programme">The programme.</param>
    /// <param name="purpose">The purpose of the audit.</param>
    /// <param name="expiresOn">The case's last day, in the programme's zone.</param>
    [Alias("OpenCase"), AnySilo]
    Task<AuditCaseOutcome> OpenCase(string auditor, ProgrammeId programme, AuditPurpose purpose, DateOnly expiresOn);

    /// <summary>
    /// Makes a code by which a participant lets an auditor name a subject. It is an entry of the subject.
    /// </summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="expiresOn">
    /// The last day on which the code can be used, in the programme's zone; <see langword="null"/> for the latest allowed (default 30
    /// days).
    /// </param>
    [Alias("MakeCode"), AnySilo]
    Task<AuditCodeOutcome> MakeCode(OwnSubject own, DateOnly? expiresOn);

    /// <summary>
    /// Records an access: resolves the name, appends the access to the subject's history, and returns what it gives access to. The same
    /// access on the same day is the same entry.
    /// </summary>
    /// <param name="auditor">The pairwise subject identifier of the auditor's token.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="name">The name of the subject.</param>
    /// <param name="asOf">The requested state; <see langword="null"/> for the current state.</param>
    [Alias("Look"), AnySilo]
    Task<AuditAccessOutcome> Look(string auditor, string caseId, NamedSubject name, AsOf? asOf);

    /// <summary>
    /// Returns the score, explained and day by day; <see langword="null"/> when the subject has left or is restricted.
    /// </summary>
    /// <param name="access">From <see cref="Look"/>.</param>
    [Alias("Value"), AnySilo]
    Task<AuditValue?> Value(AuditAccess access);

    /// <summary>
    /// Returns a page of entries with what they contribute, in ascending turns; <see langword="null"/> when the subject has left or is
    /// restricted.
    /// </summary>
    /// <param name="access">From <see cref="Look"/>.</param>
    /// <param name="after">Only turns above this; 0 for the first page.</param>
    /// <param name="count">The greatest number of entries, 1 to 500.</param>
    [Alias("Page"), AnySilo]
    Task<AuditPage?> Page(AuditAccess access, long after, int count);

    /// <summary>
    /// Returns a page of entries with the parts of their leaves, as in a participant's archive; <see langword="null"/> when the subject has
    /// left or is restricted.
    /// </summary>
    /// <param name="access">From <see cref="Look"/>.</param>
    /// <param name="after">Only turns above this; 0 for the first page.</param>
    [Alias("Entries"), AnySilo]
    Task<ExportedEntries?> Entries(AuditAccess access, long after);

    /// <summary>
    /// Returns a page of contests, their decisions and corrections; <see langword="null"/> when the subject has left or is restricted.
    /// </summary>
    /// <param name="access">From <see cref="Look"/>.</param>
    /// <param name="after">Only turns above this; 0 for the first page.</param>
    [Alias("Contests"), AnySilo]
    Task<ExportedHistory?> Contests(AuditAccess access, long after);

    /// <summary>
    /// Proves that entries are in a checkpoint's logs; <see langword="null"/> when there is no such checkpoint, or the subject has left or
    /// is restricted.
    /// </summary>
    /// <param name="access">From <see cref="Look"/>.</param>
    /// <param name="checkpoint">The checkpoint's number.</param>
    /// <param name="after">Only turns above this; 0 for the first page.</param>
    [Alias("Proofs"), AnySilo]
    Task<ExportedProofs?> Proofs(AuditAccess access, long checkpoint, long after);

    /// <summary>
    /// Makes and signs the manifest of a history's archive; <see langword="null"/> when the subject has left or is restricted.
    /// </summary>
    /// <param name="access">From <see cref="Look"/>.</param>
    /// <param name="files">The archive's other files.</param>
    [Alias("Seal"), AnySilo]
    Task<ExportSeal?> Seal(AuditAccess access, ImmutableArray<ExportedFile> files);

    /// <summary>
    /// Records an access, recomputes the score from the ledger alone, gets the live subject's score for the same turns and day, and
    /// compares both.
    /// </summary>
    /// <param name="auditor">The pairwise subject identifier of the auditor's token.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="name">The name of the subject. A reference selects the turns and the day of that answer.</param>
    [Alias("Recompute"), AnySilo]
    Task<RecomputationOutcome> Recompute(string auditor, string caseId, NamedSubject name);

    /// <summary>Requests a draw. The first checkpoint made after the request decides which subjects are drawn.</summary>
    /// <param name="auditor">The pairwise subject identifier of the auditor's token.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="count">The number of subjects to draw, 1 to a limit (default 20).</param>
    [Alias("AskDraw"), AnySilo]
    Task<DrawOutcome> AskDraw(string auditor, string caseId, int count);

    /// <summary>
    /// Returns a draw. If its checkpoint exists and its picks are not stored yet, this call stores them first. Picks name places in the
    /// ledger, never subjects.
    /// </summary>
    /// <param name="auditor">The pairwise subject identifier of the auditor's token.</param>
    /// <param name="drawId">The draw.</param>
    [Alias("FindDraw"), AnySilo]
    Task<DrawOutcome> FindDraw(string auditor, string drawId);

    /// <summary>
    /// Returns a page of the programme's public record with its proofs: each action's position, body and path to a checkpoint's root.
    /// </summary>
    /// <param name="auditor">The pairwise subject identifier of the auditor's token.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="checkpoint">The checkpoint's number; <see langword="null"/> for the latest.</param>
    /// <param name="after">Only actions with numbers above this; 0 for the first page.</param>
    /// <param name="count">The greatest number of actions, 1 to 500.</param>
    [Alias("ProveRecord"), AnySilo]
    Task<ProvenRecordOutcome> ProveRecord(string auditor, string caseId, long? checkpoint, long after, int count);

    /// <summary>
    /// Returns the checkpoint for an archive of the whole ledger's leaves; <see langword="null"/> when there is no such case or checkpoint.
    /// </summary>
    /// <param name="auditor">The pairwise subject identifier of the auditor's token.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="checkpoint">The checkpoint's number; <see langword="null"/> for the latest.</param>
    [Alias("BeginLedger"), AnySilo]
    Task<Checkpoint?> BeginLedger(string auditor, string caseId, long? checkpoint);

    /// <summary>
    /// Returns a page of a partition's rows up to a checkpoint, in ascending positions: the state of each row, and the content of public
    /// rows. It shows nothing of any subject.
    /// </summary>
    /// <param name="checkpoint">From <see cref="BeginLedger"/>.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="after">Only positions above this; 0 for the first page.</param>
    [Alias("LedgerRows"), AnySilo]
    Task<LedgerRowPage> LedgerRows(Checkpoint checkpoint, int partition, long after);

    /// <summary>
    /// Returns a page of a partition's tombstones after a checkpoint: they explain rows that are erased already but not sealed yet.
    /// </summary>
    /// <param name="checkpoint">From <see cref="BeginLedger"/>.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="after">Only positions above this; 0 for the first page.</param>
    [Alias("LaterTombstones"), AnySilo]
    Task<LedgerRowPage> LaterTombstones(Checkpoint checkpoint, int partition, long after);

    /// <summary>Makes and signs the manifest of an archive of the ledger's leaves.</summary>
    /// <param name="checkpoint">From <see cref="BeginLedger"/>.</param>
    /// <param name="files">The archive's other files.</param>
    [Alias("SealLedger"), AnySilo]
    Task<ExportSeal> SealLedger(Checkpoint checkpoint, ImmutableArray<ExportedFile> files);
}

/// <summary>The outcome of a request for a case. Exactly one member is set.</summary>
/// <param name="Case">The case.</param>
/// <param name="Refusal">Why the request was refused.</param>
[GenerateSerializer, Immutable, Alias("scoring.audit-case-outcome")]
public sealed record AuditCaseOutcome(AuditCase? Case, AuditRefusal? Refusal);

/// <summary>The outcome of a request for an audit code. Exactly one member is set.</summary>
/// <param name="Code">The code.</param>
/// <param name="Refusal">Why the request was refused.</param>
[GenerateSerializer, Immutable, Alias("scoring.audit-code-outcome")]
public sealed record AuditCodeOutcome(AuditCode? Code, AuditRefusal? Refusal);

/// <summary>An audit code. It is shown once.</summary>
/// <param name="Code">The code that the participant gives to an auditor, 22 characters of base64url.</param>
/// <param name="ExpiresOn">The last day on which it can be used, in the programme's zone.</param>
[GenerateSerializer, Immutable, Alias("scoring.audit-code")]
public sealed record AuditCode(string Code, DateOnly ExpiresOn)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(AuditCode);
}
