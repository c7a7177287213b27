using System.Diagnostics;
using System.Globalization;
using Orleans.Runtime;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>Suspending, resuming, ending; and how any act that is decided takes effect exactly once.</summary>
internal sealed partial class ProgrammeAdminGrain
{
    private const int ReasonCharsMax = 300;

    public async Task<AdminOutcome> Suspend(string who, string reason)
    {
        if (await SettleAndRead() is not { IsPublished: true } standing) return AdminOutcome.Refused(AdminRefusal.Unknown);
        if (standing.IsSuspended && !standing.IsEnded && State.Done is { } done && done.Is(AdminActions.Suspended, who))
            return done.Taken();
        if (standing.Status != ProgrammeStatus.Published) return AdminOutcome.Refused(AdminRefusal.WrongStatus);
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > ReasonCharsMax || reason.Any(char.IsControl))
        {
            return new AdminOutcome(false, [], AdminRefusal.Problems, [new DraftProblem(
                "/reason", ProblemCode.TextWrong, $"A reason in plain words is expected, 1 to {ReasonCharsMax} characters.")]);
        }
        return await Decide(standing, AdminActions.Suspended, who, [who], reason);
    }

    public async Task<AdminOutcome> ApproveResuming(string who)
    {
        if (await SettleAndRead() is not { IsPublished: true } standing) return AdminOutcome.Refused(AdminRefusal.Unknown);
        if (standing.Status == ProgrammeStatus.Published && State.Done is { } done && done.Is(AdminActions.Resumed, who))
            return done.Taken();
        if (standing.Status != ProgrammeStatus.Suspended) return AdminOutcome.Refused(AdminRefusal.WrongStatus);
        if (State.ResumeApprovals.Contains(who)) return AdminOutcome.Refused(AdminRefusal.ApprovedAlready);

        string[] approvals = [.. State.ResumeApprovals, who];
        if (approvals.Length >= ApprovalCount) return await Decide(standing, AdminActions.Resumed, who, approvals, "It goes on.");
        await Record(standing, AdminActions.ResumeApproved, who, null, State.Turn, ["Another administrator's approval resumes it."]);
        await Keep(State with { ResumeApprovals = approvals });
        return new AdminOutcome(false, [.. approvals], null, []);
    }

    public async Task<AdminOutcome> ApproveEnding(string who)
    {
        if (await SettleAndRead() is not { IsPublished: true } standing) return AdminOutcome.Refused(AdminRefusal.Unknown);
        if (standing.IsEnded && State.Done is { } done && done.Is(AdminActions.Ended, who)) return done.Taken();
        if (standing.IsEnded) return AdminOutcome.Refused(AdminRefusal.WrongStatus);
        if (State.EndApprovals.Contains(who)) return AdminOutcome.Refused(AdminRefusal.ApprovedAlready);

        string[] approvals = [.. State.EndApprovals, who];
        if (approvals.Length >= ApprovalCount)
            return await Decide(standing, AdminActions.Ended, who, approvals, "It has ended for good; its enrolments are erased.");
        await Record(standing, AdminActions.EndApproved, who, null, State.Turn, ["Another administrator's approval ends it."]);
        await Keep(State with { EndApprovals = approvals });
        return new AdminOutcome(false, [.. approvals], null, []);
    }

    private async Task<AdminOutcome> Decide(
        ProgrammeLifecycle standing, string act, string who, string[] approvals, string words)
    {
        var pending = new PendingAdminAction
        {
            Act = act,
            Key = AdminActionKey.Of(act, standing.Programme.Value, State.Turn.ToString(CultureInfo.InvariantCulture), who),
            By = who,
            At = services.Now,
            Words = [words],
            Approvals = approvals,
        };
        await Keep(State with { Pending = pending });
        await TakeEffect(standing.Programme, pending);
        return pending.Taken();
    }

    /// <summary>May be repeated: the store knows the key.</summary>
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
        await Settle(pending);
    }

    /// <summary>It has taken effect. Approvals were given to a programme that stood otherwise, so they fall.</summary>
    private async Task Settle(PendingAdminAction pending)
    {
        await Keep(State with
        {
            Draft = pending.Act is AdminActions.Published or AdminActions.Ended ? null : State.Draft,
            ResumeApprovals = [],
            EndApprovals = [],
            Pending = null,
            Done = pending,
        });
    }

    /// <summary>
    /// The programme by the store, after what a crash left half done is finished; <see langword="null"/> when this is no name.
    /// </summary>
    private async Task<ProgrammeLifecycle?> SettleAndRead()
    {
        if (!ProgrammeId.TryParse(this.GetPrimaryKeyString(), out var programme)) return null;
        var standing = new ProgrammeLifecycle(programme, await services.Store.Read(CancellationToken.None));
        if (State.Pending is not { } pending) return standing;
        if (pending.Act != AdminActions.Published) await TakeEffect(programme, pending);
        else if (standing.Versions.Any(version => version.RuleSet.Hash == pending.RuleSet)) await Settle(pending);
        else await Keep(State with { Pending = null });
        return new ProgrammeLifecycle(programme, await services.Store.Read(CancellationToken.None));
    }

    private Task<long> Record(ProgrammeLifecycle standing, string act, string who, string? hash, long turn, string[] words)
    {
        var key = AdminActionKey.Of(act, standing.Programme.Value, turn.ToString(CultureInfo.InvariantCulture), who, hash ?? "");
        return services.Store.Record(
            new NewAdminAction(key, act, standing.Programme, who, services.Now, hash, [.. words], null), CancellationToken.None);
    }

    private Task Keep(ProgrammeAdminState next) => kept.Keep(next with { Turn = State.Turn + 1 }, DeactivateOnIdle);

    private static NewAdminAction NewAct(ProgrammeId programme, PendingAdminAction pending, byte[]? details) => new(
        pending.Key, pending.Act, programme, pending.By, pending.At, pending.Hash, [.. pending.Words], details);
}
