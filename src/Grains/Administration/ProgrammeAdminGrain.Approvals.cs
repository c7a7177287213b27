namespace Scoring.Administration;

/// <summary>
/// Resumes and ends a programme, which takes two approvals. The first one expires. Every first approval can be taken back.
/// </summary>
internal sealed partial class ProgrammeAdminGrain
{
    private WaitingApprovals Resuming => new WaitingApprovals(State.ResumeApprovals, State.ResumeApprovedAt).After(Expired);

    private WaitingApprovals Ending => new WaitingApprovals(State.EndApprovals, State.EndApprovedAt).After(Expired);

    private DateTimeOffset Expired => services.Now.AddDays(-services.Options.ApprovalDays);

    public async Task<AdminOutcome> TakeBackApproval(string administrator)
    {
        if (await SettleAndRead() is not { } lifecycle || State.Draft is not { } draft || !draft.Approvals.Contains(administrator))
            return AdminOutcome.Refused(AdminRefusal.Unknown);
        await Record(
            lifecycle, AdminActions.ApprovalTakenBack, administrator, draft.Hash, State.Turn, ["The approval of the draft is taken back."]);
        draft = draft with { Turn = State.Turn, Approvals = [.. draft.Approvals.Where(name => name != administrator)] };
        await Keep(State with { Draft = draft });
        return new AdminOutcome(true, [.. draft.Approvals], null, []);
    }

    public async Task<AdminOutcome> ApproveResuming(string administrator)
    {
        if (await SettleAndRead() is not { IsPublished: true } lifecycle) return AdminOutcome.Refused(AdminRefusal.Unknown);
        if (lifecycle.Status == ProgrammeStatus.Published && State.Done is { } done && done.Is(AdminActions.Resumed, administrator))
            return done.Taken();
        if (ApprovalRights.RefusalOfResuming(lifecycle, Resuming.By, administrator) is { } refusal) return AdminOutcome.Refused(refusal);

        var approvals = Resuming.With(administrator, services.Now);
        if (approvals.By.Length >= ApprovalRights.ProgrammeCount)
            return await Decide(lifecycle, AdminActions.Resumed, administrator, approvals.By, "The programme is resumed.");
        await Record(
            lifecycle, AdminActions.ResumeApproved, administrator, null, State.Turn,
            ["The approval of another administrator resumes the programme."]);
        await KeepResuming(approvals);
        return new AdminOutcome(false, [.. approvals.By], null, []);
    }

    public async Task<AdminOutcome> TakeBackResuming(string administrator)
    {
        if (await SettleAndRead() is not { IsPublished: true } lifecycle || !Resuming.Has(administrator))
            return AdminOutcome.Refused(AdminRefusal.Unknown);
        await Record(
            lifecycle, AdminActions.ResumeApprovalTakenBack, administrator, null, State.Turn,
            ["The approval to resume the programme is taken back."]);
        var left = Resuming.Without(administrator);
        await KeepResuming(left);
        return new AdminOutcome(true, [.. left.By], null, []);
    }

    public async Task<AdminOutcome> ApproveEnding(string administrator)
    {
        if (await SettleAndRead() is not { IsPublished: true } lifecycle) return AdminOutcome.Refused(AdminRefusal.Unknown);
        if (lifecycle.IsEnded && State.Done is { } done && done.Is(AdminActions.Ended, administrator)) return done.Taken();
        if (ApprovalRights.RefusalOfEnding(lifecycle, Ending.By, administrator) is { } refusal) return AdminOutcome.Refused(refusal);

        var approvals = Ending.With(administrator, services.Now);
        if (approvals.By.Length >= ApprovalRights.ProgrammeCount)
            return await Decide(
                lifecycle, AdminActions.Ended, administrator, approvals.By,
                "The programme has ended permanently. Its enrolments are erased.");
        await Record(
            lifecycle, AdminActions.EndApproved, administrator, null, State.Turn,
            ["The approval of another administrator ends the programme."]);
        await KeepEnding(approvals);
        return new AdminOutcome(false, [.. approvals.By], null, []);
    }

    public async Task<AdminOutcome> TakeBackEnding(string administrator)
    {
        if (await SettleAndRead() is not { IsPublished: true } lifecycle || !Ending.Has(administrator))
            return AdminOutcome.Refused(AdminRefusal.Unknown);
        await Record(
            lifecycle, AdminActions.EndApprovalTakenBack, administrator, null, State.Turn,
            ["The approval to end the programme is taken back."]);
        var left = Ending.Without(administrator);
        await KeepEnding(left);
        return new AdminOutcome(true, [.. left.By], null, []);
    }

    private Task KeepResuming(WaitingApprovals approvals) =>
        Keep(State with { ResumeApprovals = approvals.By, ResumeApprovedAt = approvals.At });

    private Task KeepEnding(WaitingApprovals approvals) =>
        Keep(State with { EndApprovals = approvals.By, EndApprovedAt = approvals.At });

    /// <summary>Stores an instant for approvals that an earlier version stored without one, so that they expire too.</summary>
    private async Task DateApprovals()
    {
        WaitingApprovals resuming = new(State.ResumeApprovals, State.ResumeApprovedAt);
        WaitingApprovals ending = new(State.EndApprovals, State.EndApprovedAt);
        if (resuming.IsDated && ending.IsDated) return;
        await Keep(State with { ResumeApprovedAt = resuming.Dated(services.Now).At, EndApprovedAt = ending.Dated(services.Now).At });
    }
}
