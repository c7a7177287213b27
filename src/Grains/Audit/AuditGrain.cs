using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
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
internal sealed class AuditGrain(AuditDependencies parts, CurrentCatalogue catalogue, ProgrammeClock clock) : Grain, IAuditGrain
{
    private const int CountMax = 500;
    private const int RowsMax = 5000;

    private static readonly EntryKind[] OfContests =
        [EntryKind.Corrected, EntryKind.ContestOpened, EntryKind.ContestDecided, EntryKind.ContestExtended];

    public async Task<AuditCaseOutcome> OpenCase(string auditor, ProgrammeId programme, AuditPurpose purpose, DateOnly expiresOn)
    {
        if (catalogue.Find(programme) is not { } found) return new AuditCaseOutcome(null, AuditRefusal.ProgrammeUnknown);
        var (now, options) = (clock.Now, parts.Options.Value);
        var today = found.Day(now);
        if (expiresOn < today || expiresOn > today.AddDays(options.CaseDaysMax) || !Enum.IsDefined(purpose))
            return new AuditCaseOutcome(null, AuditRefusal.ExpiryOutOfRange);
        var opened = new AuditCase(Name(), programme, purpose, today, expiresOn);
        return await parts.Store.OpenCase(
            opened, auditor, options.CasesPerDayMax, AuditEntries.Opened(opened, auditor, now), CancellationToken.None)
            ? new AuditCaseOutcome(opened, null)
            : new AuditCaseOutcome(null, AuditRefusal.TooMany);
    }

    public async Task<AuditCodeOutcome> MakeCode(OwnSubject own, DateOnly? expiresOn)
    {
        if (catalogue.Find(own.Programme) is not { } programme || parts.Enrolments.Locator(own) is not { } locator)
            return new AuditCodeOutcome(null, AuditRefusal.SubjectUnknown);
        var (today, options) = (programme.Day(clock.Now), parts.Options.Value);
        var last = expiresOn ?? today.AddDays(options.CodeDaysMax);
        if (last < today || last > today.AddDays(options.CodeDaysMax)) return new AuditCodeOutcome(null, AuditRefusal.ExpiryOutOfRange);
        var code = Name();
        var entry = AuditEntries.CodeGiven(new Guid(RandomNumberGenerator.GetBytes(16)), today, last);
        return await parts.Store.AddCode(
            locator, parts.Keys.AuditCodeHash(code), today, last, options.CodesMax, entry, CancellationToken.None) switch
        {
            true => new AuditCodeOutcome(new AuditCode(code, last), null),
            false => new AuditCodeOutcome(null, AuditRefusal.TooMany),
            null => new AuditCodeOutcome(null, AuditRefusal.SubjectUnknown),
        };
    }

    public async Task<AuditAccessOutcome> Look(string auditor, string caseId, NamedSubject name, AsOf? asOf)
    {
        var (look, _, refusal) = await parts.Accesses.RecordAccess(auditor, caseId, name, asOf);
        return new AuditAccessOutcome(look, refusal);
    }

    public async Task<AuditValue?> Value(AuditAccess look)
    {
        if (!await IsStill(look)) return null;
        var value = await parts.Scorer.Value(look);
        return await IsStill(look) ? value : null;
    }

    public async Task<AuditPage?> Page(AuditAccess look, long after, int count)
    {
        if (!await IsStill(look)) return null;
        var page = await parts.Scorer.Page(look, Math.Max(after, 0), Math.Clamp(count, 1, CountMax));
        return await IsStill(look) ? page : null;
    }

    public async Task<ExportedEntries?> Entries(AuditAccess look, long after)
    {
        if (!await IsStill(look)) return null;
        var page = await parts.Reader.Entries(look.Mark, after);
        return await IsStill(look) ? page : null;
    }

    public async Task<ExportedHistory?> Contests(AuditAccess look, long after)
    {
        if (!await IsStill(look)) return null;
        var page = await parts.Reader.Kinds(look.Mark, OfContests, after);
        return await IsStill(look) ? page : null;
    }

    public async Task<ExportedProofs?> Proofs(AuditAccess look, long checkpoint, long after)
    {
        if (!await IsStill(look)) return null;
        var page = await parts.Reader.Proofs(look.Mark, checkpoint, after);
        return await IsStill(look) ? page : null;
    }

    public async Task<ExportSeal?> Seal(AuditAccess look, ImmutableArray<ExportedFile> files) =>
        await IsStill(look) ? parts.Sealer.Seal(look, files) : null;

    public async Task<RecomputationOutcome> Recompute(string auditor, string caseId, NamedSubject name)
    {
        // A question's own day and turn: what was answered then.
        var (look, subject, refusal) = await parts.Accesses.RecordAccess(auditor, caseId, name, null, asAsked: true);
        if (look is null || subject is null) return new RecomputationOutcome(null, refusal);
        var below = subject.NamedTurn ?? look.Mark.LastTurn + 1;
        var recomputed = await parts.Scorer.Recompute(look, below);
        var live = await GrainFactory.Subject(subject.Kind, subject.Subject).ScoreBelow(below, look.Mark.Day);
        if (live is null || !await IsStill(look)) return new RecomputationOutcome(null, AuditRefusal.SubjectUnknown);
        return new RecomputationOutcome(new Recomputation(below, look.Mark.Day, recomputed, live, recomputed == live), null);
    }

    public Task<DrawOutcome> AskDraw(string auditor, string caseId, int count) => parts.Draws.Request(auditor, caseId, count);

    public Task<DrawOutcome> FindDraw(string auditor, string drawId) => parts.Draws.FixAndRead(auditor, drawId);

    public async Task<ProvenRecordOutcome> ProveRecord(string auditor, string caseId, long? checkpoint, long after, int count)
    {
        if (await parts.Accesses.Case(auditor, caseId) is not { } open)
            return new ProvenRecordOutcome(null, [], null, AuditRefusal.CaseUnknown);
        var against = checkpoint is { } number
            ? await parts.Checkpoints.Find(number, CancellationToken.None)
            : await parts.Checkpoints.Latest(CancellationToken.None);
        if (against is null) return new ProvenRecordOutcome(null, [], null, AuditRefusal.AsOfUnknown);
        var taken = Math.Clamp(count, 1, CountMax);
        var acts = await parts.Programmes.ReadRecord(open.Programme, Math.Max(after, 0), taken + 1, CancellationToken.None);
        var page = acts.Take(taken).ToArray();
        var entries = (await parts.Store.Acts([.. page.Select(act => act.Position)], CancellationToken.None))
            .ToDictionary(row => row.Position);
        var proofs = (await parts.Checkpoints.Inclusion(against, 0, [.. page.Select(act => act.Position)], CancellationToken.None))
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
        if (await parts.Accesses.Case(auditor, caseId) is null) return null;
        return checkpoint is { } number
            ? await parts.Checkpoints.Find(number, CancellationToken.None)
            : await parts.Checkpoints.Latest(CancellationToken.None);
    }

    public async Task<LedgerRowPage> LedgerRows(Checkpoint checkpoint, int partition, long after) => Paged(
        await parts.Store.Rows(partition, after, checkpoint.Logs[partition].Size, RowsMax, CancellationToken.None));

    public async Task<LedgerRowPage> LaterTombstones(Checkpoint checkpoint, int partition, long after) => Paged(
        await parts.Store.Tombstones(partition, Math.Max(after, checkpoint.Logs[partition].Size), RowsMax, CancellationToken.None));

    public Task<ExportSeal> SealLedger(Checkpoint checkpoint, ImmutableArray<ExportedFile> files) =>
        Task.FromResult(parts.Sealer.Seal(checkpoint, clock.Now, files));

    private static LedgerRowPage Paged(IReadOnlyList<LedgerRow> rows) => new([.. rows], rows.Count == RowsMax ? rows[^1].Position : null);

    /// <summary>
    /// Without its entry nothing is told; and asked last too, since an erasure under way may have taken rows from under the reading.
    /// </summary>
    private Task<bool> IsStill(AuditAccess look) => parts.Store.HasAccess(look.Mark.Subject, look.Key, CancellationToken.None);

    private static string Name() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
}

/// <summary>The parts that audits are made of.</summary>
internal sealed record AuditDependencies(
    IAuditStore Store, ICheckpointStore Checkpoints, IProgrammeStore Programmes, OwnEnrolmentReader Enrolments, PlatformKeys Keys,
    AuditAccessHandler Accesses, AuditScorer Scorer, AuditDrawHandler Draws, ExportReader Reader, ExportSealer Sealer,
    IOptions<AuditOptions> Options);
