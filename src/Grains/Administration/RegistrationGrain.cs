using System.Collections.Immutable;
using System.Globalization;
using Orleans.Runtime;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>See <see cref="IRegistrationGrain"/>. Not reentrant: one administrator's act is over before the next begins.</summary>
[GrainType("registration")]
internal sealed class RegistrationGrain(
    [PersistentState("registration", AdministrationStorage.Name)] IPersistentState<RegistrationState> kept,
    AdministrationDependencies services) : Grain, IRegistrationGrain
{
    private RegistrationState State => kept.State;

    public async Task<RegistrationView?> Find()
    {
        if (await Look() is not { } standing || (standing.Status is null && State.Proposal is null)) return null;
        return new RegistrationView(
            standing.Key.Kind, standing.Key.Id, standing.Status, standing.Document, State.Proposal is { } proposal ? View(proposal) : null);
    }

    public async Task<ProposalOutcome> Propose(string who, RegistrationChange change)
    {
        if (!Enum.IsDefined(change.Act) || !IsReadable(change)) return Refused(AdminRefusal.NotReadable);
        if (await Look() is not { } standing) return Refused(AdminRefusal.Unknown);
        if (standing.RefusalOf(change.Act) is { } refusal) return Refused(refusal);

        var (document, differences) = (standing.Document ?? [], ImmutableArray<string>.Empty);
        if (change.Act == RegistrationAction.Register)
        {
            var found = Check(standing, change.Json!);
            if (found.Canonical is null || !found.Problems.IsEmpty) return new ProposalOutcome(null, AdminRefusal.Problems, found.Problems);
            (document, differences) = (found.Canonical, found.Differences);
        }
        var proposal = new WrittenProposal
        {
            Turn = State.Turn,
            Act = change.Act,
            Document = document,
            Hash = RegistrationLifecycle.Hash(change.Act, document),
            Author = who,
            At = services.Now,
            Differences = [.. differences],
        };
        await services.Store.Record(Act(standing, AdminActions.Proposed, who, proposal), CancellationToken.None);
        await Keep(State with { Proposal = proposal });
        return new ProposalOutcome(View(proposal), null, []);

        static ProposalOutcome Refused(AdminRefusal refusal) => new(null, refusal, []);
    }

    public async Task<AdminOutcome> Approve(string who, string hash)
    {
        if (await Look() is not { } standing) return AdminOutcome.Refused(AdminRefusal.Unknown);
        if (State.Done is { } done && State.Proposal is null && done.By == who && done.Hash == hash) return done.Taken();
        if (State.Proposal is not { } proposal) return AdminOutcome.Refused(AdminRefusal.Unknown);
        if (proposal.Hash != hash) return AdminOutcome.Refused(AdminRefusal.HashDiffers);
        if (proposal.Author == who) return AdminOutcome.Refused(AdminRefusal.IsAuthor);
        if (standing.RefusalOf(proposal.Act) is { } refusal) return AdminOutcome.Refused(refusal);
        if (proposal.Act == RegistrationAction.Register && Check(standing, proposal.Document) is { Problems.IsEmpty: false } found)
            return new AdminOutcome(false, [], AdminRefusal.Problems, found.Problems);

        var act = Act(standing, RegistrationLifecycle.Word(proposal.Act), who, proposal);
        var pending = new PendingAdminAction { Act = act.Act, Key = act.Key, By = who, At = act.At, Hash = hash, Approvals = [who] };
        await Keep(State with { Pending = pending });
        await TakeEffect(standing, proposal, pending);
        return pending.Taken();
    }

    /// <summary>May be repeated: the store knows the key.</summary>
    private async Task TakeEffect(RegistrationLifecycle standing, WrittenProposal proposal, PendingAdminAction pending)
    {
        var act = Act(standing, pending.Act, pending.By, proposal) with { At = pending.At };
        var (kind, id) = standing.Key;
        await services.Store.Register(kind, id, proposal.Document, standing.After(proposal.Act), act, CancellationToken.None);
        await Keep(State with { Proposal = null, Pending = null, Done = pending });
    }

    /// <summary>
    /// The registration by the store, after what a crash left half done is finished; <see langword="null"/> when this is no key.
    /// </summary>
    private async Task<RegistrationLifecycle?> Look()
    {
        if (!RegistrationKey.TryParse(this.GetPrimaryKeyString(), out var key)) return null;
        var standing = new RegistrationLifecycle(key, await services.Store.Read(CancellationToken.None));
        if (State.Pending is not { } pending) return standing;
        await TakeEffect(standing, State.Proposal!, pending);
        return new RegistrationLifecycle(key, await services.Store.Read(CancellationToken.None));
    }

    private CheckedRegistration Check(RegistrationLifecycle standing, byte[] json) => RegistrationCheck.Check(
        standing.Key.Kind, standing.Key.Id, json, standing.Published.Documents, services.Now);

    private bool IsReadable(RegistrationChange change) => change.Act == RegistrationAction.Register
        ? AdministrationDependencies.IsObject(change.Json, services.Options.RegistrationBytesMax)
        : change.Json is null;

    private NewAdminAction Act(RegistrationLifecycle standing, string act, string who, WrittenProposal proposal)
    {
        var turn = proposal.Turn.ToString(CultureInfo.InvariantCulture);
        var what = act == AdminActions.Proposed
            ? $"Proposed: {RegistrationLifecycle.Word(proposal.Act)}"
            : $"Proposed by {proposal.Author}";
        return new NewAdminAction(
            AdminActionKey.Of(act, standing.Key.ToString(), turn, who, proposal.Hash), act, standing.Programme(proposal.Document), who,
            services.Now, proposal.Hash, [$"{standing.Key}. {what}.", .. proposal.Differences], standing.Details());
    }

    private Task Keep(RegistrationState next) => kept.Keep(next with { Turn = State.Turn + 1 }, DeactivateOnIdle);

    private static ProposalView View(WrittenProposal proposal) => new(
        proposal.Act, proposal.Hash, proposal.Author, proposal.At,
        proposal.Act == RegistrationAction.Register ? proposal.Document : null, [.. proposal.Differences]);
}
