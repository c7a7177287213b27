using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Scoring.Checkpoints;

namespace Scoring.Audit;

/// <summary>Draws: asked for, fixed by a later checkpoint, and kept.</summary>
internal sealed class AuditDrawHandler(
    IAuditStore store, ICheckpointStore checkpoints, AuditAccessHandler looking, IOptions<AuditOptions> options)
{
    public async Task<DrawOutcome> Request(string auditor, string caseId, int count)
    {
        if (await looking.Case(auditor, caseId) is not { } open) return Refused(AuditRefusal.CaseUnknown);
        if (count < 1 || count > options.Value.DrawCountMax) return Refused(AuditRefusal.TooMany);
        var latest = await checkpoints.Latest(CancellationToken.None);
        var name = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        return await store.RequestDraw(name, open.Case, count, latest?.Number ?? 0, options.Value.DrawsMax, CancellationToken.None)
            ? new DrawOutcome(new AuditDraw(name, count, latest?.Number ?? 0, null, []), null)
            : Refused(AuditRefusal.TooMany);
    }

    /// <summary>Fixes it, if its checkpoint is there by now: always the first one after it was asked for, whenever anybody looks.</summary>
    public async Task<DrawOutcome> FixAndRead(string auditor, string drawId)
    {
        if (await store.FindDraw(drawId, auditor, CancellationToken.None) is not { } found
            || await looking.Case(auditor, found.Case.Case) is null)
        {
            return Refused(AuditRefusal.DrawUnknown);
        }
        if (found.Draw.FixedBy is not null) return new DrawOutcome(found.Draw, null);
        if (await checkpoints.Find(found.Draw.AskedAfter + 1, CancellationToken.None) is not { } checkpoint)
            return new DrawOutcome(found.Draw, null);
        var places = DrawSequence.Of(drawId, checkpoint, found.Draw.Count * options.Value.DrawCandidatesEach).ToArray();
        await store.FixDraw(drawId, found.Case.Programme, checkpoint.Number, places, found.Draw.Count, CancellationToken.None);
        return await store.FindDraw(drawId, auditor, CancellationToken.None) is { } now
            ? new DrawOutcome(now.Draw, null)
            : Refused(AuditRefusal.DrawUnknown);
    }

    private static DrawOutcome Refused(AuditRefusal refusal) => new(null, refusal);
}
