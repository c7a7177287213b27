using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Scoring.Administration;
using Scoring.Checkpoints;
using Scoring.Enrolments;
using Scoring.Exports;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Audit;

/// <summary>See <see cref="IAuditGrain"/>.</summary>
[GrainType("audit"), Reentrant, StatelessWorker]
internal sealed class AuditGrain(AuditDependencies dependencies, CurrentCatalogue catalogue, ProgrammeClock clock) : Grain, IAuditGrain
{
    private const int CountMax = 500;
    private const int RowsMax = 5000;

    private static readonly EntryKind[] OfContests =
        [EntryKind.Corrected, EntryKind.ContestOpened, EntryKind.ContestDecided, EntryKind.ContestExtended];

    public async Task<AuditCaseOutcome> OpenCase(string auditor, ProgrammeId programme, AuditPurpose purpose, DateOnly expiresOn)
    {
        if (catalogue.Find(programme) is not { } published) return new AuditCaseOutcome(null, AuditRefusal.ProgrammeUnknown);
        var now = clock.Now;
        var options = dependencies.Options.Value;
        var today = published.Day(now);
        if (expiresOn < today || expiresOn > today.AddDays(options.CaseDaysMax) || !Enum.IsDefined(purpose))
            return new AuditCaseOutcome(null, AuditRefusal.ExpiryOutOfRange);
        var opened = new AuditCase(OpaqueId.Draw(), programme, purpose, today, expiresOn);
        return await dependencies.Store.OpenCase(
            opened, auditor, options.CasesPerDayMax, AuditEntries.Opened(opened, auditor, now), CancellationToken.None)
            ? new AuditCaseOutcome(opened, null)
            : new AuditCaseOutcome(null, AuditRefusal.TooMany);
    }

    public async Task<AuditCodeOutcome> MakeCode(OwnSubject own, DateOnly? expiresOn)
    {
        if (catalogue.Find(own.Programme) is not { } programme || dependencies.Enrolments.Locator(own) is not { } locator)
            return new AuditCodeOutcome(null, AuditRefusal.SubjectUnknown);
        var today = programme.Day(clock.Now);
        var options = dependencies.Options.Value;
        var last = expiresOn ?? today.AddDays(options.CodeDaysMax);
        if (last < today || last > today.AddDays(options.CodeDaysMax)) return new AuditCodeOutcome(null, AuditRefusal.ExpiryOutOfRange);
        var code = OpaqueId.Draw();
        var entry = AuditEntries.CodeGiven(RandomKey.Next(), today, last);
        return await dependencies.Store.AddCode(
            locator, dependencies.Keys.AuditCodeHash(code), today, last, options.CodesMax, entry, CancellationToken.None) switch
        {
            true => new AuditCodeOutcome(new AuditCode(code, last), null),
            false => new AuditCodeOutcome(null, AuditRefusal.TooMany),
            null => new AuditCodeOutcome(null, AuditRefusal.SubjectUnknown),
        };
    }

    public async Task<AuditAccessOutcome> Look(string auditor, string caseId, NamedSubject name, AsOf? asOf)
    {
        var (access, _, refusal) = await dependencies.Accesses.RecordAccess(auditor, caseId, name, asOf);
        return new AuditAccessOutcome(access, refusal);
    }

    public async Task<AuditValue?> Value(AuditAccess access)
    {
        if (!await IsStill(access)) return null;
        var value = await dependencies.Scorer.Value(access);
        return await IsStill(access) ? value : null;
    }

    public async Task<AuditPage?> Page(AuditAccess access, long after, int count)
    {
        if (!await IsStill(access)) return null;
        var page = await dependencies.Scorer.Page(access, Math.Max(after, 0), Math.Clamp(count, 1, CountMax));
        return await IsStill(access) ? page : null;
    }

    public async Task<ExportedEntries?> Entries(AuditAccess access, long after)
    {
        if (!await IsStill(access)) return null;
        var page = await dependencies.Reader.Entries(access.Mark, after);
        return await IsStill(access) ? page : null;
    }

    public async Task<ExportedHistory?> Contests(AuditAccess access, long after)
    {
        if (!await IsStill(access)) return null;
        var page = await dependencies.Reader.Kinds(access.Mark, OfContests, after);
        return await IsStill(access) ? page : null;
    }

    public async Task<ExportedProofs?> Proofs(AuditAccess access, long checkpoint, long after)
    {
        if (!await IsStill(access)) return null;
        var page = await dependencies.Reader.Proofs(access.Mark, checkpoint, after);
        return await IsStill(access) ? page : null;
    }

    public async Task<ExportSeal?> Seal(AuditAccess access, ImmutableArray<ExportedFile> files) =>
        await IsStill(access) ? dependencies.Sealer.Seal(access, files) : null;

    public async Task<RecomputationOutcome> Recompute(string auditor, string caseId, NamedSubject name)
    {
        // A query is recomputed at its own day and turn: that gives what was answered then.
        var (access, subject, refusal) = await dependencies.Accesses.RecordAccess(auditor, caseId, name, null, asAnswered: true);
        if (access is null || subject is null) return new RecomputationOutcome(null, refusal);
        var below = subject.NamedTurn ?? access.Mark.LastTurn + 1;
        var recomputed = await dependencies.Scorer.Recompute(access, below);
        var live = await GrainFactory.Subject(subject.Kind, subject.Subject).ScoreBelow(below, access.Mark.Day);
        if (live is null || !await IsStill(access)) return new RecomputationOutcome(null, AuditRefusal.SubjectUnknown);
        return new RecomputationOutcome(new Recomputation(below, access.Mark.Day, recomputed, live, recomputed == live), null);
    }

    public Task<DrawOutcome> AskDraw(string auditor, string caseId, int count) => dependencies.Draws.Request(auditor, caseId, count);

    public Task<DrawOutcome> FindDraw(string auditor, string drawId) => dependencies.Draws.FixAndRead(auditor, drawId);

    public async Task<ProvenRecordOutcome> ProveRecord(string auditor, string caseId, long? checkpoint, long after, int count)
    {
        if (await dependencies.Accesses.Case(auditor, caseId) is not { } open)
            return new ProvenRecordOutcome(null, [], null, AuditRefusal.CaseUnknown);
        var against = checkpoint is { } number
            ? await dependencies.Checkpoints.Find(number, CancellationToken.None)
            : await dependencies.Checkpoints.Latest(CancellationToken.None);
        if (against is null) return new ProvenRecordOutcome(null, [], null, AuditRefusal.AsOfUnknown);
        var taken = Math.Clamp(count, 1, CountMax);
        var acts = await dependencies.Programmes.ReadRecord(open.Programme, Math.Max(after, 0), taken + 1, CancellationToken.None);
        var page = acts.Take(taken).ToArray();
        var entries = (await dependencies.Store.Acts([.. page.Select(act => act.Position)], CancellationToken.None))
            .ToDictionary(row => row.Position);
        var proofs = (await dependencies.Checkpoints.Inclusion(against, 0, [.. page.Select(act => act.Position)], CancellationToken.None))
            .ToDictionary(proof => proof.Position);
        return new ProvenRecordOutcome(
            against,
            [.. page.Where(act => entries.ContainsKey(act.Position)).Select(act => new ProvenAdminAction(
                act.Number, act.Position, entries[act.Position].Day, entries[act.Position].Body, entries[act.Position].Leaf,
                proofs.TryGetValue(act.Position, out var proof) ? proof.Path : null))],
            acts.Count > taken ? page[^1].Number : null, null);
    }

    public async Task<Checkpoint?> BeginLedger(string auditor, string caseId, long? checkpoint)
    {
        if (await dependencies.Accesses.Case(auditor, caseId) is null) return null;
        return checkpoint is { } number
            ? await dependencies.Checkpoints.Find(number, CancellationToken.None)
            : await dependencies.Checkpoints.Latest(CancellationToken.None);
    }

    public async Task<LedgerRowPage> LedgerRows(Checkpoint checkpoint, int partition, long after) => Paged(
        await dependencies.Store.Rows(partition, after, checkpoint.Logs[partition].Size, RowsMax, CancellationToken.None));

    public async Task<LedgerRowPage> LaterTombstones(Checkpoint checkpoint, int partition, long after) => Paged(
        await dependencies.Store.Tombstones(partition, Math.Max(after, checkpoint.Logs[partition].Size), RowsMax, CancellationToken.None));

    public Task<ExportSeal> SealLedger(Checkpoint checkpoint, ImmutableArray<ExportedFile> files) =>
        Task.FromResult(dependencies.Sealer.Seal(checkpoint, clock.Now, files));

    private static LedgerRowPage Paged(IReadOnlyList<LedgerRow> rows) => new([.. rows], rows.Count == RowsMax ? rows[^1].Position : null);

    /// <summary>
    /// Tells whether the access's entry exists and its subject may still be accessed. Call it before a read, because nothing may be
    /// answered without the entry, and after it, because a concurrent erasure may have removed rows during the read.
    /// </summary>
    private Task<bool> IsStill(AuditAccess access) => dependencies.Store.HasAccess(access.Mark.Subject, access.Key, CancellationToken.None);
}

/// <summary>The services of audits.</summary>
internal sealed record AuditDependencies(
    IAuditStore Store, ICheckpointStore Checkpoints, IProgrammeStore Programmes, OwnEnrolmentReader Enrolments, PlatformKeys Keys,
    AuditAccessHandler Accesses, AuditScorer Scorer, AuditDrawHandler Draws, ExportReader Reader, ExportSealer Sealer,
    IOptions<AuditOptions> Options);
