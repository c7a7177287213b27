using System.Collections.Immutable;
using System.Text;
using Scoring.Checkpoints;
using Scoring.Enrolments;
using Scoring.Exports;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;
using Scoring.Subjects;

namespace Scoring.Audit;

/// <summary>Fakes the audit grain: one case with one subject, which every kind of name leads to.</summary>
internal sealed class FakeAudit : IAuditGrain
{
    public static readonly string Name = new('N', 22);

    public static readonly AuditCase Case = new(
        Name, ProgrammeId.Parse("safe-driver"), AuditPurpose.Complaint, new DateOnly(2026, 11, 23), new DateOnly(2026, 12, 23));

    private static readonly ExportMark Mark = new(new SubjectId(7), 3, new DateOnly(2026, 11, 23), Some.Instant);

    /// <summary>The refusal of every call; <see langword="null"/> to answer.</summary>
    public AuditRefusal? Refusal { get; set; }

    /// <summary>The name of the call that finds the subject withdrawn.</summary>
    public string? GoneAt { get; set; }

    public List<string> Calls { get; } = [];

    public Task<AuditCaseOutcome> OpenCase(string auditor, ProgrammeId programme, AuditPurpose purpose, DateOnly expiresOn)
    {
        Calls.Add($"{auditor} {programme} {purpose} {expiresOn:O}");
        return Task.FromResult(new AuditCaseOutcome(Refusal is null ? Case : null, Refusal));
    }

    public Task<AuditCodeOutcome> MakeCode(OwnSubject own, DateOnly? expiresOn) =>
        Task.FromResult(new AuditCodeOutcome(Refusal is null ? new AuditCode(Name, Case.ExpiresOn) : null, Refusal));

    public Task<AuditAccessOutcome> Look(string auditor, string caseId, NamedSubject name, AsOf? asOf)
    {
        Calls.Add($"look {auditor} {caseId} {name} {asOf}");
        return Task.FromResult(new AuditAccessOutcome(Refusal is null ? new AuditAccess(Case, Mark, Guid.Empty) : null, Refusal));
    }

    public Task<AuditValue?> Value(AuditAccess access) =>
        Task.FromResult(Unless(nameof(Value), new AuditValue(Some.Explanation(), [new DayScore(Mark.Day, 520, "silver")])));

    public Task<AuditPage?> Page(AuditAccess access, long after, int count) => Task.FromResult(Unless(nameof(Page), new AuditPage(
        [new AuditedEntry(
            new HistoryEntry(after + 1, EntryKind.Event, Mark.Day, "{\"type\":\"x\"}"u8.ToArray()),
            new Contribution("x", "counts", [new RuleContribution("calm", 4), new RuleContribution("fast", -8)], null, 9))],
        after < 1 ? after + 1 : null)));

    public Task<ExportedEntries?> Entries(AuditAccess access, long after) => Task.FromResult(Unless(nameof(Entries), new ExportedEntries(
        [new ExportedEntry(
            new Entry(0, 1, Mark.Subject, 1, EntryKind.Event, Mark.Day, Encoding.UTF8.GetBytes("{\"type\":\"x\"}")), Guid.Empty, [1], [2])],
            null)));

    public Task<ExportedHistory?> Contests(AuditAccess access, long after) =>
        Task.FromResult(Unless(nameof(Contests), new ExportedHistory([], null)));

    public Task<ExportedProofs?> Proofs(AuditAccess access, long checkpoint, long after) =>
        Task.FromResult(Unless(nameof(Proofs), new ExportedProofs([], null)));

    public Task<ExportSeal?> Seal(AuditAccess access, ImmutableArray<ExportedFile> files) =>
        Task.FromResult(Unless(nameof(Seal), new ExportSeal("{\"manifest\":1}"u8.ToArray(), "m.m.m")));

    public Task<RecomputationOutcome> Recompute(string auditor, string caseId, NamedSubject name)
    {
        var score = new ScoreValue(520, "silver");
        return Task.FromResult(
            new RecomputationOutcome(Refusal is null ? new Recomputation(3, Mark.Day, score, score, true) : null, Refusal));
    }

    public Task<DrawOutcome> AskDraw(string auditor, string caseId, int count) =>
        Task.FromResult(new DrawOutcome(Refusal is null ? new AuditDraw(Name, count, 2, null, []) : null, Refusal));

    public Task<DrawOutcome> FindDraw(string auditor, string drawId) => Task.FromResult(new DrawOutcome(
        Refusal is null ? new AuditDraw(drawId, 1, 2, 3, [new DrawPick(1, 5, 0, 17)]) : null, Refusal));

    public async Task<ProvenRecordOutcome> ProveRecord(string auditor, string caseId, long? checkpoint, long after, int count) =>
        Refusal is null
            ? new ProvenRecordOutcome(
                await new FakeCheckpoints().Latest(),
                [new ProvenAdminAction(1, 4, Mark.Day, "{\"act\":\"x\"}"u8.ToArray(), [1, 2], [[3, 4]])], null, null)
            : new ProvenRecordOutcome(null, [], null, Refusal);

    public async Task<Checkpoint?> BeginLedger(string auditor, string caseId, long? checkpoint) =>
        Refusal is null ? await new FakeCheckpoints().Find(checkpoint ?? 2) : null;

    public Task<LedgerRowPage> LedgerRows(Checkpoint checkpoint, int partition, long after) => Task.FromResult(new LedgerRowPage(
        [after == 0
            ? new LedgerRow(1, [1, 2], LedgerRowState.Held, 0, null, null)
            : new LedgerRow(2, [3, 4], LedgerRowState.Public, 20, Mark.Day, "{\"entries\":0}"u8.ToArray())],
        after == 0 ? 1 : null));

    public Task<LedgerRowPage> LaterTombstones(Checkpoint checkpoint, int partition, long after) => Task.FromResult(new LedgerRowPage(
        [new LedgerRow(300, [5, 6], LedgerRowState.Public, 14, Mark.Day, "{\"entries\":1}"u8.ToArray())], null));

    public Task<ExportSeal> SealLedger(Checkpoint checkpoint, ImmutableArray<ExportedFile> files) =>
        Task.FromResult(new ExportSeal("{\"manifest\":1}"u8.ToArray(), "m.m.m"));

    private T? Unless<T>(string step, T page) where T : class => GoneAt == step ? null : page;
}
