using System.Collections.Immutable;
using Scoring.Checkpoints;
using Scoring.Enrolments;
using Scoring.Exports;
using Scoring.Programmes;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.Audit;

/// <summary>
/// What auditors ask. A reentrant stateless worker with key 0 that keeps nothing. Every look is an entry of the subject before anything is
/// answered; nothing here lists, searches or ranks.
/// </summary>
[Alias("scoring.IAuditGrain"), GrainInterfaceType("audit")]
public interface IAuditGrain : IGrainWithIntegerKey
{
    /// <summary>Opens a case; it stands in the programme's public record.</summary>
    /// <param name="auditor">The pairwise subject identifier of the auditor's token.</param>
    /// <param name="programme">The programme.</param>
    /// <param name="purpose">Why.</param>
    /// <param name="expiresOn">Its last day, in the programme's zone.</param>
    [Alias("OpenCase")]
    Task<AuditCaseOutcome> OpenCase(string auditor, ProgrammeId programme, AuditPurpose purpose, DateOnly expiresOn);

    /// <summary>Makes a code by which its participant lets an auditor name a subject. One's own doing, and an entry.</summary>
    [Alias("MakeCode")]
    Task<AuditCodeOutcome> MakeCode(OwnSubject own, DateOnly? expiresOn);

    /// <summary>
    /// Looks: resolves the name, writes the look into the subject's history, and says what it is of. The same look on the same day is the
    /// same entry.
    /// </summary>
    [Alias("Look")]
    Task<AuditAccessOutcome> Look(string auditor, string caseId, NamedSubject name, AsOf? asOf);

    /// <summary>The score, day by day and explained; <see langword="null"/> when the subject has left meanwhile.</summary>
    [Alias("Value")]
    Task<AuditValue?> Value(AuditAccess look);

    /// <summary>Entries with what they contribute, in ascending turns; <see langword="null"/> when the subject has left.</summary>
    /// <param name="look">From <see cref="Look"/>.</param>
    /// <param name="after">Only turns above this; 0 for the first page.</param>
    /// <param name="count">How many at most, 1 to 500.</param>
    [Alias("Page")]
    Task<AuditPage?> Page(AuditAccess look, long after, int count);

    /// <summary>Entries with what their leaves are made of, as in a participant's archive.</summary>
    [Alias("Entries")]
    Task<ExportedEntries?> Entries(AuditAccess look, long after);

    /// <summary>Contests, their decisions and corrections.</summary>
    [Alias("Contests")]
    Task<ExportedHistory?> Contests(AuditAccess look, long after);

    /// <summary>That entries are in a checkpoint's logs.</summary>
    [Alias("Proofs")]
    Task<ExportedProofs?> Proofs(AuditAccess look, long checkpoint, long after);

    /// <summary>Makes and signs the manifest of a history's archive.</summary>
    [Alias("Seal")]
    Task<ExportSeal?> Seal(AuditAccess look, ImmutableArray<ExportedFile> files);

    /// <summary>
    /// Works a score out anew from the ledger alone, and asks the live subject for the same turns and day: whether both agree. A look.
    /// </summary>
    [Alias("Recompute")]
    Task<RecomputationOutcome> Recompute(string auditor, string caseId, NamedSubject name);

    /// <summary>Asks for a draw, to be fixed by the first checkpoint made after it.</summary>
    [Alias("AskDraw")]
    Task<DrawOutcome> AskDraw(string auditor, string caseId, int count);

    /// <summary>How a draw stands; once its checkpoint is there, who was drawn, by places only.</summary>
    [Alias("FindDraw")]
    Task<DrawOutcome> FindDraw(string auditor, string drawId);

    /// <summary>The programme's record with what proves it: each act's exact place, body and way to a checkpoint's root.</summary>
    /// <param name="auditor">Whose case.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="checkpoint">The checkpoint; <see langword="null"/> for the latest.</param>
    /// <param name="after">Only acts with numbers above this.</param>
    /// <param name="count">How many at most, 1 to 500.</param>
    [Alias("ProveRecord")]
    Task<ProvenRecordOutcome> ProveRecord(string auditor, string caseId, long? checkpoint, long after, int count);

    /// <summary>The checkpoint of an archive of the whole ledger's leaves; <see langword="null"/> for no such case or checkpoint.</summary>
    [Alias("BeginLedger")]
    Task<Checkpoint?> BeginLedger(string auditor, string caseId, long? checkpoint);

    /// <summary>
    /// Leaves of a partition up to a checkpoint, in order: what each row is, and of public ones what they say. Nothing of anybody.
    /// </summary>
    [Alias("LedgerRows")]
    Task<LedgerRowPage> LedgerRows(Checkpoint checkpoint, int partition, long after);

    /// <summary>Tombstones behind a checkpoint: what may be gone already and is not sealed yet.</summary>
    [Alias("LaterTombstones")]
    Task<LedgerRowPage> LaterTombstones(Checkpoint checkpoint, int partition, long after);

    /// <summary>Makes and signs the manifest of an archive of leaves.</summary>
    [Alias("SealLedger")]
    Task<ExportSeal> SealLedger(Checkpoint checkpoint, ImmutableArray<ExportedFile> files);
}

/// <summary>A page of rows.</summary>
/// <param name="Rows">In ascending positions.</param>
/// <param name="After">Ask for positions after this to go on; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.ledger-row-page")]
public sealed record LedgerRowPage(ImmutableArray<LedgerRow> Rows, long? After);

/// <summary>A row of the ledger as it may be shown to anybody who audits.</summary>
/// <param name="Position">Its position.</param>
/// <param name="Leaf">Its leaf.</param>
/// <param name="State">What it is.</param>
/// <param name="Kind">The number of its kind, of public rows only; else 0.</param>
/// <param name="Day">Its day, of public rows only.</param>
/// <param name="Body">Its body, of public rows only.</param>
[GenerateSerializer, Immutable, Alias("scoring.ledger-row")]
public sealed record LedgerRow(long Position, byte[] Leaf, LedgerRowState State, byte Kind, DateOnly? Day, byte[]? Body);

/// <summary>What a row of the ledger is.</summary>
public enum LedgerRowState
{
    /// <summary>Somebody's, with its body.</summary>
    Held = 1,

    /// <summary>Its body is gone.</summary>
    Gone = 2,

    /// <summary>Filling.</summary>
    Padding = 3,

    /// <summary>Public: an act, a tombstone, a declaration of filling.</summary>
    Public = 4,
}

/// <summary>What became of a wish for a case. Exactly one member is set.</summary>
/// <param name="Case">The case.</param>
/// <param name="Refusal">Why there is none.</param>
[GenerateSerializer, Immutable, Alias("scoring.audit-case-outcome")]
public sealed record AuditCaseOutcome(AuditCase? Case, AuditRefusal? Refusal);

/// <summary>What became of a wish for a code. Exactly one member is set.</summary>
/// <param name="Code">The code.</param>
/// <param name="Refusal">Why there is none.</param>
[GenerateSerializer, Immutable, Alias("scoring.audit-code-outcome")]
public sealed record AuditCodeOutcome(AuditCode? Code, AuditRefusal? Refusal);

/// <summary>A code, shown once.</summary>
/// <param name="Code">22 characters, to be handed to an auditor.</param>
/// <param name="ExpiresOn">The last day on which it leads anywhere.</param>
[GenerateSerializer, Immutable, Alias("scoring.audit-code")]
public sealed record AuditCode(string Code, DateOnly ExpiresOn);

/// <summary>What became of a look. Exactly one member is set.</summary>
/// <param name="Look">The look.</param>
/// <param name="Refusal">Why there is none.</param>
[GenerateSerializer, Immutable, Alias("scoring.audit-look-outcome")]
public sealed record AuditAccessOutcome(AuditAccess? Look, AuditRefusal? Refusal);

/// <summary>A look that is written, and what it is of.</summary>
/// <param name="Case">Its case.</param>
/// <param name="Mark">Subject, last turn, day and instant.</param>
/// <param name="Key">The key of its entry: without the entry nothing is answered.</param>
[GenerateSerializer, Immutable, Alias("scoring.audit-look")]
public sealed record AuditAccess(AuditCase Case, ExportMark Mark, Guid Key);

/// <summary>A score as of a look.</summary>
/// <param name="Explanation">The score explained, without the entries behind each day.</param>
/// <param name="Days">The score after each day, from the first entry's on.</param>
[GenerateSerializer, Immutable, Alias("scoring.audit-value")]
public sealed record AuditValue(Explanation Explanation, ImmutableArray<DayScore> Days);

/// <summary>The score after a day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Score">The score.</param>
/// <param name="Tier">Its tier.</param>
[GenerateSerializer, Immutable, Alias("scoring.day-score")]
public sealed record DayScore(DateOnly Day, long Score, string Tier);

/// <summary>A page of a history.</summary>
/// <param name="Entries">In ascending turns.</param>
/// <param name="After">Ask for turns after this to go on; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.audit-page")]
public sealed record AuditPage(ImmutableArray<AuditedEntry> Entries, long? After);

/// <summary>An entry with what became of it.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Contribution">What it contributes; <see langword="null"/> for what is no event.</param>
[GenerateSerializer, Immutable, Alias("scoring.audited-entry")]
public sealed record AuditedEntry(HistoryEntry Entry, Contribution? Contribution);

/// <summary>What an event contributes.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Standing">How it stands on the look's day: <c>counts</c>, <c>harm-suspended</c> or <c>taken-away</c>.</param>
/// <param name="Rules">What each rule of its day gives it, before any cap and whatever its standing.</param>
/// <param name="ContestedBy">The turn of the contest, if any.</param>
/// <param name="CorrectedBy">The turn of the correction, if any.</param>
[GenerateSerializer, Immutable, Alias("scoring.contribution")]
public sealed record Contribution(
    string Type, string Standing, ImmutableArray<RuleContribution> Rules, long? ContestedBy, long? CorrectedBy);

/// <summary>What a rule gives an event.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Points">The points.</param>
[GenerateSerializer, Immutable, Alias("scoring.rule-contribution")]
public sealed record RuleContribution(string Rule, long Points);

/// <summary>What became of a recomputation. Exactly one member is set.</summary>
/// <param name="Recomputation">The recomputation.</param>
/// <param name="Refusal">Why there is none.</param>
[GenerateSerializer, Immutable, Alias("scoring.recomputation-outcome")]
public sealed record RecomputationOutcome(Recomputation? Recomputation, AuditRefusal? Refusal);

/// <summary>Two ways to one score.</summary>
/// <param name="Turn">The fold of the turns below this.</param>
/// <param name="Day">On this day.</param>
/// <param name="Recomputed">From the ledger alone, without any snapshot.</param>
/// <param name="Live">By the live subject.</param>
/// <param name="Agree">Whether they are the same.</param>
[GenerateSerializer, Immutable, Alias("scoring.recomputation")]
public sealed record Recomputation(long Turn, DateOnly Day, ScoreValue Recomputed, ScoreValue Live, bool Agree);

/// <summary>What became of a wish about a draw. Exactly one member is set.</summary>
/// <param name="Draw">The draw.</param>
/// <param name="Refusal">Why there is none.</param>
[GenerateSerializer, Immutable, Alias("scoring.draw-outcome")]
public sealed record DrawOutcome(AuditDraw? Draw, AuditRefusal? Refusal);

/// <summary>A draw.</summary>
/// <param name="Draw">An opaque name, 22 characters.</param>
/// <param name="Count">How many subjects were asked for.</param>
/// <param name="AskedAfter">The latest checkpoint when it was asked for; 0 when there was none.</param>
/// <param name="FixedBy">The checkpoint that fixed it; <see langword="null"/> while it is waited for.</param>
/// <param name="Picks">Who was drawn and has not left since, by places; by number from 1.</param>
[GenerateSerializer, Immutable, Alias("scoring.audit-draw")]
public sealed record AuditDraw(string Draw, int Count, long AskedAfter, long? FixedBy, ImmutableArray<DrawPick> Picks);

/// <summary>Somebody drawn.</summary>
/// <param name="Pick">Its number.</param>
/// <param name="Candidate">Which candidate of the draw's sequence led there, from 0.</param>
/// <param name="Partition">The place: its partition.</param>
/// <param name="Position">The place: its position.</param>
[GenerateSerializer, Immutable, Alias("scoring.draw-pick")]
public sealed record DrawPick(int Pick, long Candidate, int Partition, long Position);

/// <summary>What became of a wish for a proven record. Either a refusal or all the rest.</summary>
/// <param name="Checkpoint">The checkpoint that it is proven against.</param>
/// <param name="Acts">In ascending numbers.</param>
/// <param name="After">Ask for acts after this to go on; <see langword="null"/> at the end.</param>
/// <param name="Refusal">Why there is none.</param>
[GenerateSerializer, Immutable, Alias("scoring.proven-record-outcome")]
public sealed record ProvenRecordOutcome(
    Checkpoint? Checkpoint, ImmutableArray<ProvenAdminAction> Acts, long? After, AuditRefusal? Refusal);

/// <summary>An act and what proves it: a public entry of partition 0, with a nonce, key, subject and turn of zeros.</summary>
/// <param name="Number">The act's number.</param>
/// <param name="Position">Its position.</param>
/// <param name="Day">The entry's day.</param>
/// <param name="Body">The entry's body, canonical JSON.</param>
/// <param name="Leaf">Its leaf.</param>
/// <param name="Path">Its way to the root; <see langword="null"/> when it is newer than the checkpoint.</param>
[GenerateSerializer, Immutable, Alias("scoring.proven-act")]
public sealed record ProvenAdminAction(long Number, long Position, DateOnly Day, byte[] Body, byte[] Leaf, ImmutableArray<byte[]>? Path);
