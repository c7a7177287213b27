using System.Collections.Immutable;
using System.Globalization;
using Orleans.Runtime;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>
/// See <see cref="IRegistrationGrain"/>. It is not reentrant: one administrator's action ends before the next begins.
/// </summary>
[GrainType("registration")]
internal sealed class RegistrationGrain(
    [PersistentState("registration", AdministrationStorage.Name)] IPersistentState<RegistrationState> storage,
    AdministrationDependencies services) : Grain, IRegistrationGrain
{
    private RegistrationState State => storage.State;

    public async Task<RegistrationView?> Find()
    {
        if (await SettleAndRead() is not { } lifecycle || (lifecycle.Status is null && State.Proposal is null)) return null;
        return new RegistrationView(
            lifecycle.Key.Kind, lifecycle.Key.Id, lifecycle.Status, lifecycle.Document, State.Proposal is { } proposal
                ? View(proposal)
                : null);
    }

    public async Task<ProposalOutcome> Propose(string administrator, RegistrationChange change)
    {
        if (!Enum.IsDefined(change.Act) || !IsReadable(change)) return Refused(AdminRefusal.NotReadable);
        if (await SettleAndRead() is not { } lifecycle) return Refused(AdminRefusal.Unknown);
        if (lifecycle.RefusalOf(change.Act) is { } refusal) return Refused(refusal);

        var document = lifecycle.Document ?? [];
        ImmutableArray<string> differences = [];
        if (change.Act == RegistrationAction.Register)
        {
            var content = Check(lifecycle, change.Json!);
            if (content.Canonical is null || !content.Problems.IsEmpty)
                return new ProposalOutcome(null, AdminRefusal.Problems, content.Problems);
            document = content.Canonical;
            differences = content.Differences;
        }
        var proposal = new WrittenProposal
        {
            Turn = State.Turn,
            Act = change.Act,
            Document = document,
            Hash = RegistrationLifecycle.Hash(change.Act, document),
            Author = administrator,
            At = services.Now,
            Differences = [.. differences],
        };
        await services.Store.Record(Act(lifecycle, AdminActions.Proposed, administrator, proposal), CancellationToken.None);
        await Keep(State with { Proposal = proposal });
        return new ProposalOutcome(View(proposal), null, []);

        static ProposalOutcome Refused(AdminRefusal refusal) => new(null, refusal, []);
    }

    public async Task<AdminOutcome> Approve(string administrator, string hash)
    {
        if (await SettleAndRead() is not { } lifecycle) return AdminOutcome.Refused(AdminRefusal.Unknown);
        if (State.Done is { } done && State.Proposal is null && done.By == administrator && done.Hash == hash) return done.Taken();
        if (State.Proposal is not { } proposal) return AdminOutcome.Refused(AdminRefusal.Unknown);
        if (proposal.Hash != hash) return AdminOutcome.Refused(AdminRefusal.HashDiffers);
        if (ApprovalRights.RefusalOfProposal(lifecycle, proposal.Act, proposal.Author, administrator) is { } refusal)
            return AdminOutcome.Refused(refusal);
        if (proposal.Act == RegistrationAction.Register && Check(lifecycle, proposal.Document) is { Problems.IsEmpty: false } content)
            return new AdminOutcome(false, [], AdminRefusal.Problems, content.Problems);

        var act = Act(lifecycle, RegistrationLifecycle.Word(proposal.Act), administrator, proposal);
        var pending = new PendingAdminAction
        {
            Act = act.Act,
            Key = act.Key,
            By = administrator,
            At = act.At,
            Hash = hash,
            Approvals = [administrator],
        };
        await Keep(State with { Pending = pending });
        return await TakeEffect(lifecycle, proposal, pending) ? pending.Taken() : UnreadableChangeException.Outcome([]);
    }

    /// <summary>
    /// Makes a change take effect. It may be repeated, because the store knows the action's key. A change with which no silo could read the
    /// published documents never takes effect: it is discarded, so that the registration can be changed again.
    /// </summary>
    private async Task<bool> TakeEffect(RegistrationLifecycle lifecycle, WrittenProposal proposal, PendingAdminAction pending)
    {
        var act = Act(lifecycle, pending.Act, pending.By, proposal) with { At = pending.At };
        var (kind, id) = lifecycle.Key;
        try
        {
            await services.Store.Register(kind, id, proposal.Document, lifecycle.After(proposal.Act), act, CancellationToken.None);
        }
        catch (UnreadableChangeException)
        {
            await services.Store.Record(
                Act(lifecycle, AdminActions.ProposalDiscarded, AdminActions.ByPlatform, proposal), CancellationToken.None);
            await Keep(State with { Proposal = null, Pending = null });
            return false;
        }
        await Keep(State with { Proposal = null, Pending = null, Done = pending });
        return true;
    }

    /// <summary>
    /// Completes a change that a crash interrupted, then reads the registration from the store; <see langword="null"/> when the grain's key
    /// is no registration's.
    /// </summary>
    private async Task<RegistrationLifecycle?> SettleAndRead()
    {
        if (!RegistrationKey.TryParse(this.GetPrimaryKeyString(), out var key)) return null;
        var lifecycle = new RegistrationLifecycle(key, await services.Store.Read(CancellationToken.None));
        if (State.Pending is not { } pending) return lifecycle;
        if (State.Proposal is { } proposal) await TakeEffect(lifecycle, proposal, pending);
        else await Keep(State with { Pending = null }); // without its proposal it is not known what was approved
        return new RegistrationLifecycle(key, await services.Store.Read(CancellationToken.None));
    }

    private CheckedRegistration Check(RegistrationLifecycle lifecycle, byte[] json) => RegistrationCheck.Check(
        lifecycle.Key.Kind, lifecycle.Key.Id, json, lifecycle.Published.Documents, services.Now);

    private bool IsReadable(RegistrationChange change) => change.Act == RegistrationAction.Register
        ? AdministrationDependencies.IsObject(change.Json, services.Options.RegistrationBytesMax)
        : change.Json is null;

    private NewAdminAction Act(RegistrationLifecycle lifecycle, string act, string administrator, WrittenProposal proposal)
    {
        var turn = proposal.Turn.ToString(CultureInfo.InvariantCulture);
        var what = act == AdminActions.Proposed
            ? $"Proposed: {RegistrationLifecycle.Word(proposal.Act)}"
            : $"Proposed by {proposal.Author}";
        return new NewAdminAction(
            AdminActionKey.Of(act, lifecycle.Key.ToString(), turn, administrator, proposal.Hash), act,
            lifecycle.Programme(proposal.Document), administrator,
            services.Now, proposal.Hash, [$"{lifecycle.Key}. {what}.", .. proposal.Differences], lifecycle.Details());
    }

    private Task Keep(RegistrationState next) => storage.Keep(next with { Turn = State.Turn + 1 }, DeactivateOnIdle);

    private static ProposalView View(WrittenProposal proposal) => new(
        proposal.Act, proposal.Hash, proposal.Author, proposal.At,
        proposal.Act == RegistrationAction.Register ? proposal.Document : null, [.. proposal.Differences]);
}
