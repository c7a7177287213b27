using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Orleans.Runtime;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>
/// See <see cref="IProgrammeAdminGrain"/>. Not reentrant: one administrator's act is over before the next begins. Every decision is made
/// by what the store holds at that moment, never by this silo's rule book.
/// </summary>
[GrainType("programme-admin")]
internal sealed partial class ProgrammeAdminGrain(
    [PersistentState("programme-admin", AdministrationStorage.Name)] IPersistentState<ProgrammeAdminState> kept,
    AdministrationDependencies services) : Grain, IProgrammeAdminGrain
{
    private const int ApprovalCount = 2;

    private ProgrammeAdminState State => kept.State;

    public async Task<ProgrammeAdminView?> Find()
    {
        if (await SettleAndRead() is not { } standing || !Exists(standing)) return null;
        return new ProgrammeAdminView(
            standing.Programme, standing.Status, State.Draft is { } draft ? View(standing, draft, Check(draft.Json, standing)) : null,
            [.. State.ResumeApprovals], [.. State.EndApprovals]);
    }

    public async Task<DraftOutcome> Draft(string who, byte[] json, bool isNew)
    {
        if (!AdministrationDependencies.IsObject(json, services.Options.DraftBytesMax)) return Refused(AdminRefusal.NotReadable);
        if (await SettleAndRead() is not { } standing) return Refused(AdminRefusal.Unknown);
        if (isNew && Exists(standing)) return Refused(AdminRefusal.NameTaken);
        if (!isNew && !Exists(standing)) return Refused(AdminRefusal.Unknown);
        if (standing.IsEnded) return Refused(AdminRefusal.WrongStatus);

        var found = Check(json, standing);
        var draft = new WrittenDraft { Turn = State.Turn, Json = json, Hash = found.Hash, Author = who, At = services.Now };
        await Record(standing, AdminActions.Drafted, who, draft.Hash, State.Turn, WordsOf(found));
        await Keep(State with { Draft = draft });
        return new DraftOutcome(View(standing, draft, found), null);

        static DraftOutcome Refused(AdminRefusal refusal) => new(null, refusal);
    }

    public async Task<DraftView?> Validate() =>
        await SettleAndRead() is { } standing && State.Draft is { } draft ? View(standing, draft, Check(draft.Json, standing)) : null;

    public async Task<AdminOutcome> Approve(string who, string hash)
    {
        if (await SettleAndRead() is not { } standing) return AdminOutcome.Refused(AdminRefusal.Unknown);
        if (State.Done is { } done && done.Is(AdminActions.Published, who) && done.Hash == hash) return done.Taken();
        if (State.Draft is not { } draft) return AdminOutcome.Refused(AdminRefusal.Unknown);
        if (draft.Hash != hash) return AdminOutcome.Refused(AdminRefusal.HashDiffers);
        if (standing.IsEnded) return AdminOutcome.Refused(AdminRefusal.WrongStatus);
        if (draft.Author == who) return AdminOutcome.Refused(AdminRefusal.IsAuthor);
        if (draft.Approvals.Contains(who)) return AdminOutcome.Refused(AdminRefusal.ApprovedAlready);
        var found = Check(draft.Json, standing);
        if (found.Version is not { } version || !found.Problems.IsEmpty)
            return new AdminOutcome(false, [.. draft.Approvals], AdminRefusal.Problems, found.Problems);

        draft = draft with { Approvals = [.. draft.Approvals, who] };
        if (draft.Approvals.Length >= ApprovalCount) return await Publish(standing, draft, version, who);
        await Record(standing, AdminActions.Approved, who, hash, draft.Turn, ["Another administrator's approval publishes it."]);
        await Keep(State with { Draft = draft });
        return new AdminOutcome(false, [.. draft.Approvals], null, []);
    }

    /// <summary>
    /// The key is that of the content alone: whatever happened to an earlier call, the same draft is published once. The draft is kept
    /// until the version is there.
    /// </summary>
    private async Task<AdminOutcome> Publish(ProgrammeLifecycle standing, WrittenDraft draft, ProgrammeVersion version, string who)
    {
        var pending = new PendingAdminAction
        {
            Act = AdminActions.Published,
            Key = AdminActionKey.Of(AdminActions.Published, standing.Programme.Value, draft.Hash),
            By = who,
            At = services.Now,
            Hash = draft.Hash,
            Words = [$"Version {Text(version.RuleSet.Number)}: {version.RuleSet.Summary}", .. version.Differences],
            Approvals = draft.Approvals,
            RuleSet = version.RuleSet.Hash,
        };
        await Keep(State with { Pending = pending });
        var act = NewAct(standing.Programme, pending, PublicationDetails(draft, version));
        await services.Store.Publish(version, act, CancellationToken.None);
        await Settle(pending);
        return pending.Taken();
    }

    private static byte[] PublicationDetails(WrittenDraft draft, ProgrammeVersion version) => CanonicalJson.Write(new JsonObject
    {
        ["approvals"] = new JsonArray([.. draft.Approvals.Select(name => (JsonNode)name)]),
        ["author"] = draft.Author,
        ["firstDay"] = Wording.Day(version.RuleSet.FirstDay),
        ["number"] = version.RuleSet.Number,
        ["ruleSet"] = version.RuleSet.Hash,
        ["widens"] = version.Widens,
    });

    private bool Exists(ProgrammeLifecycle standing) => State.Draft is not null || standing.IsPublished;

    private CheckedDraft Check(byte[] json, ProgrammeLifecycle standing) =>
        DraftCheck.Check(json, standing.Programme, standing.Documents, services.Now, services.Limits);

    private static DraftView View(ProgrammeLifecycle standing, WrittenDraft draft, CheckedDraft found) => new(
        standing.Programme, draft.Hash, draft.Author, draft.At, draft.Json, [.. draft.Approvals], found.Problems,
        found.Version?.Differences ?? [], found.Version?.Widens ?? false);

    private static string[] WordsOf(CheckedDraft found) => found.Version is { } version
        ? [version.RuleSet.Summary, .. version.Differences]
        : [$"A draft with {Text(found.Problems.Length)} problems."];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
