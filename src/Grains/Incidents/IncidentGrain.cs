using System.Globalization;
using Orleans.Runtime;
using Scoring.Administration;
using Scoring.Programmes;

namespace Scoring.Incidents;

/// <summary>See <see cref="IIncidentGrain"/>. It is not reentrant: one administrator's action ends before the next begins.</summary>
[GrainType("incident")]
internal sealed class IncidentGrain(
    [PersistentState("incident", AdministrationStorage.Name)] IPersistentState<IncidentState> storage,
    AdministrationDependencies services) : Grain, IIncidentGrain
{
    private IncidentState State => storage.State;

    private TimeSpan Validity => TimeSpan.FromDays(services.Options.ApprovalDays);

    /// <summary>The proposal that can still be confirmed.</summary>
    private WrittenIncident? Waiting =>
        State.Proposal is { } proposal && services.Now < proposal.At + Validity ? proposal : null;

    public async Task<IncidentProposalView?> Find() =>
        await SettleAndRead() is { IsEnded: false } lifecycle && Waiting is { } proposal ? View(lifecycle.Programme, proposal) : null;

    public async Task<IncidentOutcome> Propose(string administrator, IncidentNotice notice)
    {
        if (await SettleAndRead() is not { } lifecycle) return Refused(AdminRefusal.Unknown);
        if (lifecycle.IsEnded) return Refused(AdminRefusal.WrongStatus);
        if (IncidentContent.Problems(notice) is { IsEmpty: false } problems)
            return new IncidentOutcome(null, AdminRefusal.Problems, problems);
        var hash = IncidentContent.Hash(notice);
        if (Waiting is { } same && same.Hash == hash && same.Author == administrator)
            return new IncidentOutcome(View(lifecycle.Programme, same), null, []);

        var proposal = new WrittenIncident
        {
            Turn = State.Turn,
            Nature = notice.Nature,
            Contact = notice.Contact,
            Consequences = notice.Consequences,
            Measures = notice.Measures,
            Hash = hash,
            Author = administrator,
            At = services.Now,
        };
        await Record(
            lifecycle, AdminActions.IncidentProposed, administrator, proposal,
            "The notice is told when another administrator confirms it.");
        await Keep(State with { Proposal = proposal });
        return new IncidentOutcome(View(lifecycle.Programme, proposal), null, []);

        static IncidentOutcome Refused(AdminRefusal refusal) => new(null, refusal, []);
    }

    public async Task<AdminOutcome> Confirm(string administrator, string hash)
    {
        if (await SettleAndRead() is not { } lifecycle) return AdminOutcome.Refused(AdminRefusal.Unknown);
        if (Waiting is null && State.Done is { } done && done.By == administrator && done.Hash == hash) return done.Taken();
        if (lifecycle.IsEnded) return AdminOutcome.Refused(AdminRefusal.WrongStatus);
        if (Waiting is not { } proposal) return AdminOutcome.Refused(AdminRefusal.Unknown);
        if (proposal.Hash != hash) return AdminOutcome.Refused(AdminRefusal.HashDiffers);
        if (ApprovalRights.RefusalOfIncident(lifecycle, proposal.Author, administrator) is { } refusal)
            return AdminOutcome.Refused(refusal);

        var pending = new PendingAdminAction
        {
            Act = AdminActions.IncidentNotified,
            Key = KeyOf(lifecycle.Programme, AdminActions.IncidentNotified, administrator, proposal),
            By = administrator,
            At = services.Now,
            Hash = hash,
            Approvals = [administrator],
        };
        await Keep(State with { Pending = pending });
        await TakeEffect(lifecycle.Programme, proposal, pending);
        return pending.Taken();
    }

    public async Task<AdminOutcome> TakeBack(string administrator)
    {
        if (await SettleAndRead() is not { } lifecycle || Waiting is not { } proposal || proposal.Author != administrator)
            return AdminOutcome.Refused(AdminRefusal.Unknown);
        await Record(
            lifecycle, AdminActions.IncidentProposalTakenBack, administrator, proposal, "The proposed notice is taken back.");
        await Keep(State with { Proposal = null });
        return new AdminOutcome(true, [], null, []);
    }

    /// <summary>Tells every participant. It may be repeated, because the store knows the action's key.</summary>
    private async Task TakeEffect(ProgrammeId programme, WrittenIncident proposal, PendingAdminAction pending)
    {
        var notice = proposal.Notice();
        await services.Store.Record(
            new NewAdminAction(
                pending.Key, pending.Act, programme, pending.By, pending.At, pending.Hash, IncidentContent.Words(notice),
                IncidentContent.Details(notice, proposal.Author)),
            CancellationToken.None);
        await Keep(State with { Proposal = null, Pending = null, Done = pending });
    }

    /// <summary>
    /// Completes a confirmation that a crash interrupted, then reads the programme from the store; <see langword="null"/> when the grain's
    /// key is no published programme.
    /// </summary>
    private async Task<ProgrammeLifecycle?> SettleAndRead()
    {
        if (!ProgrammeId.TryParse(this.GetPrimaryKeyString(), out var programme)) return null;
        if (State is { Pending: { } pending, Proposal: { } proposal }) await TakeEffect(programme, proposal, pending);
        var lifecycle = new ProgrammeLifecycle(programme, await services.Store.Read(CancellationToken.None));
        return lifecycle.IsPublished ? lifecycle : null;
    }

    private Task<long> Record(
        ProgrammeLifecycle lifecycle, string act, string administrator, WrittenIncident proposal, string words) =>
        services.Store.Record(
            new NewAdminAction(
                KeyOf(lifecycle.Programme, act, administrator, proposal), act, lifecycle.Programme, administrator, services.Now,
                proposal.Hash, [words], null),
            CancellationToken.None);

    private static Guid KeyOf(ProgrammeId programme, string act, string administrator, WrittenIncident proposal) => AdminActionKey.Of(
        act, programme.Value, proposal.Turn.ToString(CultureInfo.InvariantCulture), administrator, proposal.Hash);

    private Task Keep(IncidentState next) => storage.Keep(next with { Turn = State.Turn + 1 }, DeactivateOnIdle);

    private IncidentProposalView View(ProgrammeId programme, WrittenIncident proposal) => new(
        programme, proposal.Hash, proposal.Author, proposal.At, proposal.At + Validity, proposal.Notice());
}
