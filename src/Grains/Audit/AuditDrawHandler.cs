using Microsoft.Extensions.Options;
using Scoring.Checkpoints;
using Scoring.Enrolments;

namespace Scoring.Audit;

/// <summary>Records requests for draws. A later checkpoint fixes each draw, and its picks are stored.</summary>
internal sealed class AuditDrawHandler(
    IAuditStore store, ICheckpointStore checkpoints, AuditAccessHandler accesses, IOptions<AuditOptions> options)
{
    /// <summary>Records a request for a draw.</summary>
    public async Task<DrawOutcome> Request(string auditor, string caseId, int count)
    {
        if (await accesses.Case(auditor, caseId) is not { } open) return Refused(AuditRefusal.CaseUnknown);
        if (count < 1 || count > options.Value.DrawCountMax) return Refused(AuditRefusal.TooMany);
        var latest = await checkpoints.Latest(CancellationToken.None);
        var name = OpaqueId.Draw();
        return await store.RequestDraw(name, open.Case, count, latest?.Number ?? 0, options.Value.DrawsMax, CancellationToken.None)
            ? new DrawOutcome(new AuditDraw(name, count, latest?.Number ?? 0, null, []), null)
            : Refused(AuditRefusal.TooMany);
    }

    /// <summary>
    /// Stores the picks of a draw if its checkpoint exists by now, and returns the draw. The checkpoint is always the first one after the
    /// request, whenever this is called.
    /// </summary>
    public async Task<DrawOutcome> FixAndRead(string auditor, string drawId)
    {
        if (!OpaqueId.Is(drawId) || await store.FindDraw(drawId, auditor, CancellationToken.None) is not { } stored
            || await accesses.Case(auditor, stored.Case.Case) is null)
        {
            return Refused(AuditRefusal.DrawUnknown);
        }
        if (stored.Draw.FixedBy is not null) return new DrawOutcome(stored.Draw, null);
        if (await checkpoints.Find(stored.Draw.AskedAfter + 1, CancellationToken.None) is not { } checkpoint)
            return new DrawOutcome(stored.Draw, null);
        var places = DrawSequence.Of(drawId, checkpoint, stored.Draw.Count * options.Value.DrawCandidatesEach).ToArray();
        await store.FixDraw(drawId, stored.Case.Programme, checkpoint.Number, places, stored.Draw.Count, CancellationToken.None);
        return await store.FindDraw(drawId, auditor, CancellationToken.None) is { } now
            ? new DrawOutcome(now.Draw, null)
            : Refused(AuditRefusal.DrawUnknown);
    }

    private static DrawOutcome Refused(AuditRefusal refusal) => new(null, refusal);
}
