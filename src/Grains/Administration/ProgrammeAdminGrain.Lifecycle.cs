using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Orleans.Runtime;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>Suspends a programme, and makes every decided action take effect exactly once.</summary>
internal sealed partial class ProgrammeAdminGrain
{
    private const int ReasonCharsMax = 300;

    public async Task<AdminOutcome> Suspend(string administrator, string reason)
    {
        if (await SettleAndRead() is not { IsPublished: true } lifecycle) return AdminOutcome.Refused(AdminRefusal.Unknown);
        if (lifecycle.IsSuspended && !lifecycle.IsEnded && State.Done is { } done && done.Is(AdminActions.Suspended, administrator))
            return done.Taken();
        if (lifecycle.Status != ProgrammeStatus.Published) return AdminOutcome.Refused(AdminRefusal.WrongStatus);
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > ReasonCharsMax || reason.Any(char.IsControl))
        {
            return new AdminOutcome(false, [], AdminRefusal.Problems, [new DraftProblem(
                "/reason", ProblemCode.TextWrong, $"A reason in plain words is expected, 1 to {ReasonCharsMax} characters.")]);
        }
        return await Decide(lifecycle, AdminActions.Suspended, administrator, [administrator], reason);
    }

    private async Task<AdminOutcome> Decide(
        ProgrammeLifecycle lifecycle, string act, string administrator, string[] approvals, string words)
    {
        var pending = new PendingAdminAction
        {
            Act = act,
            Key = AdminActionKey.Of(act, lifecycle.Programme.Value, State.Turn.ToString(CultureInfo.InvariantCulture), administrator),
            By = administrator,
            At = services.Now,
            Words = [words],
            Approvals = approvals,
        };
        await Keep(State with { Pending = pending });
        await TakeEffect(lifecycle.Programme, pending);
        return pending.Taken();
    }

    /// <summary>Makes an action take effect. It may be repeated, because the store knows the action's key.</summary>
    private async Task TakeEffect(ProgrammeId programme, PendingAdminAction pending)
    {
        var act = NewAct(programme, pending, null);
        await (pending.Act switch
        {
            AdminActions.Suspended => services.Store.SetSuspended(programme, true, act, CancellationToken.None),
            AdminActions.Resumed => services.Store.SetSuspended(programme, false, act, CancellationToken.None),
            AdminActions.Ended => services.Store.EndProgramme(programme, act, CancellationToken.None),
            _ => throw new UnreachableException(),
        });
        if (pending.Act == AdminActions.Ended) await services.Reports.Forget(programme, null, CancellationToken.None);
        await Settle(pending);
    }

    /// <summary>Settles a publication. The reports move first: a crash in between repeats this call, which may be repeated.</summary>
    private async Task SettlePublished(ProgrammeId programme, PendingAdminAction pending, int version)
    {
        await services.Reports.Publish(programme, pending.Hash!, version, CancellationToken.None);
        await Settle(pending);
    }

    /// <summary>
    /// Records that an action has taken effect. It drops the approvals, because they were given for the status before the action.
    /// </summary>
    private async Task Settle(PendingAdminAction pending)
    {
        await Keep(State with
        {
            Draft = pending.Act is AdminActions.Published or AdminActions.Ended ? null : State.Draft,
            ResumeApprovals = [],
            ResumeApprovedAt = null,
            EndApprovals = [],
            EndApprovedAt = null,
            Pending = null,
            Done = pending,
        });
    }

    /// <summary>
    /// Completes or clears an action that a crash interrupted, then reads the programme from the store; <see langword="null"/> when the
    /// grain's key is no programme's name.
    /// </summary>
    private async Task<ProgrammeLifecycle?> SettleAndRead()
    {
        if (!ProgrammeId.TryParse(this.GetPrimaryKeyString(), out var programme)) return null;
        var lifecycle = new ProgrammeLifecycle(programme, await services.Store.Read(CancellationToken.None));
        await DateApprovals();
        if (State.Pending is not { } pending) return lifecycle;
        if (pending.Act != AdminActions.Published) await TakeEffect(programme, pending);
        else if (lifecycle.Versions.FirstOrDefault(version => version.RuleSet.Hash == pending.RuleSet) is { } published)
            await SettlePublished(programme, pending, published.RuleSet.Number);
        else await Keep(State with { Pending = null });
        return new ProgrammeLifecycle(programme, await services.Store.Read(CancellationToken.None));
    }

    private Task<long> Record(ProgrammeLifecycle lifecycle, string act, string administrator, string? hash, long turn, string[] words,
        JsonObject? details = null)
    {
        var key = AdminActionKey.Of(act, lifecycle.Programme.Value, turn.ToString(CultureInfo.InvariantCulture), administrator, hash ?? "");
        return services.Store.Record(
            new NewAdminAction(key, act, lifecycle.Programme, administrator, services.Now, hash, [.. words],
                details is null ? null : CanonicalJson.Write(details)),
            CancellationToken.None);
    }

    private Task Keep(ProgrammeAdminState next) => storage.Keep(next with { Turn = State.Turn + 1 }, DeactivateOnIdle);

    private static NewAdminAction NewAct(ProgrammeId programme, PendingAdminAction pending, byte[]? details) => new(
        pending.Key, pending.Act, programme, pending.By, pending.At, pending.Hash, [.. pending.Words], details);
}
