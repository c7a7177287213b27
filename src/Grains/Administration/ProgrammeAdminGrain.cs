using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Orleans.Runtime;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Administration;

/// <summary>
/// See <see cref="IProgrammeAdminGrain"/>. It is not reentrant: one administrator's action ends before the next begins. Every decision uses
/// the current content of the store, never this silo's rule book.
/// </summary>
[GrainType("programme-admin")]
internal sealed partial class ProgrammeAdminGrain(
    [PersistentState("programme-admin", AdministrationStorage.Name)] IPersistentState<ProgrammeAdminState> storage,
    AdministrationDependencies services) : Grain, IProgrammeAdminGrain, IDraftApprovalGrain, IDraftTakeBackGrain
{
    private ProgrammeAdminState State => storage.State;

    public async Task<ProgrammeAdminView?> Find()
    {
        if (await SettleAndRead() is not { } lifecycle || !Exists(lifecycle)) return null;
        return new ProgrammeAdminView(
            lifecycle.Programme, lifecycle.Status, State.Draft is { } draft ? View(lifecycle, draft, Check(draft.Json, lifecycle)) : null,
            [.. Resuming.By], [.. Ending.By]);
    }

    public async Task<DraftOutcome> Draft(string administrator, byte[] json, bool isNew)
    {
        if (!AdministrationDependencies.IsObject(json, services.Options.DraftBytesMax)) return Refused(AdminRefusal.NotReadable);
        if (await SettleAndRead() is not { } lifecycle) return Refused(AdminRefusal.Unknown);
        if (isNew && Exists(lifecycle)) return Refused(AdminRefusal.NameTaken);
        if (!isNew && !Exists(lifecycle)) return Refused(AdminRefusal.Unknown);
        if (lifecycle.IsEnded) return Refused(AdminRefusal.WrongStatus);

        var content = Check(json, lifecycle);
        var draft = new WrittenDraft { Turn = State.Turn, Json = json, Hash = content.Hash, Author = administrator, At = services.Now };
        await Record(lifecycle, AdminActions.Drafted, administrator, draft.Hash, State.Turn, WordsOf(content));
        await Keep(State with { Draft = draft });
        await services.Reports.Forget(lifecycle.Programme, draft.Hash, CancellationToken.None);
        return new DraftOutcome(View(lifecycle, draft, content), null);

        static DraftOutcome Refused(AdminRefusal refusal) => new(null, refusal);
    }

    public async Task<DraftView?> Validate() =>
        await SettleAndRead() is { } lifecycle && State.Draft is { } draft ? View(lifecycle, draft, Check(draft.Json, lifecycle)) : null;

    public Task<AdminOutcome> Approve(string administrator, string hash) => Approve(administrator, hash, null);

    public Task<AdminOutcome> ApproveWithReport(string administrator, string hash, string report) =>
        Approve(administrator, hash, (string?)report);

    private async Task<AdminOutcome> Approve(string administrator, string hash, string? report)
    {
        if (await SettleAndRead() is not { } lifecycle) return AdminOutcome.Refused(AdminRefusal.Unknown);
        if (State.Done is { } done && done.Is(AdminActions.Published, administrator) && done.Hash == hash) return done.Taken();
        if (State.Draft is not { } draft) return AdminOutcome.Refused(AdminRefusal.Unknown);
        if (draft.Hash != hash) return AdminOutcome.Refused(AdminRefusal.HashDiffers);
        if (ApprovalRights.RefusalOfDraft(lifecycle, draft.Author, draft.Approvals, administrator) is { } refusal)
            return AdminOutcome.Refused(refusal);
        var content = Check(draft.Json, lifecycle);
        if (content.Version is not { } version || !content.Problems.IsEmpty)
            return new AdminOutcome(false, [.. draft.Approvals], AdminRefusal.Problems, content.Problems);
        if (report is not null && !await services.Reports.Name(lifecycle.Programme, hash, report, CancellationToken.None))
            return AdminOutcome.Refused(AdminRefusal.ReportUnknown);

        draft = draft with { Approvals = [.. draft.Approvals, administrator] };
        if (draft.Approvals.Length >= ApprovalRights.ProgrammeCount) return await Publish(lifecycle, draft, version, administrator);
        await Record(
            lifecycle, AdminActions.Approved, administrator, hash, draft.Turn,
            ["The approval of another administrator publishes the draft."],
            report is null ? null : new JsonObject { ["report"] = report });
        await Keep(State with { Draft = draft });
        return new AdminOutcome(false, [.. draft.Approvals], null, []);
    }

    /// <summary>
    /// Publishes a draft. The action's key depends on the content alone, so the same draft is published once, also after an interrupted
    /// call. The draft is kept until the version is published.
    /// </summary>
    private async Task<AdminOutcome> Publish(
        ProgrammeLifecycle lifecycle, WrittenDraft draft, ProgrammeVersion version, string administrator)
    {
        var pending = new PendingAdminAction
        {
            Act = AdminActions.Published,
            Key = AdminActionKey.Of(AdminActions.Published, lifecycle.Programme.Value, draft.Hash),
            By = administrator,
            At = services.Now,
            Hash = draft.Hash,
            Words = [$"Version {Text(version.RuleSet.Number)}: {version.RuleSet.Summary}", .. version.Differences],
            Approvals = draft.Approvals,
            RuleSet = version.RuleSet.Hash,
        };
        await Keep(State with { Pending = pending });
        var reports = await services.Reports.OfDraft(lifecycle.Programme, draft.Hash, CancellationToken.None);
        var act = NewAct(lifecycle.Programme, pending, PublicationDetails(draft, version, reports));
        try
        {
            await services.Store.Publish(version, act, CancellationToken.None);
        }
        catch (UnreadableChangeException)
        {
            await Keep(State with { Pending = null });
            return UnreadableChangeException.Outcome([.. draft.Approvals[..^1]]);
        }
        await SettlePublished(lifecycle.Programme, pending, version.RuleSet.Number);
        return pending.Taken();
    }

    private static byte[] PublicationDetails(WrittenDraft draft, ProgrammeVersion version, IReadOnlyList<KeptReport> reports)
    {
        var details = new JsonObject
        {
            ["approvals"] = new JsonArray([.. draft.Approvals.Select(name => (JsonNode)name)]),
            ["author"] = draft.Author,
            ["firstDay"] = Wording.Day(version.RuleSet.FirstDay),
            ["number"] = version.RuleSet.Number,
            ["ruleSet"] = version.RuleSet.Hash,
            ["widens"] = version.Widens,
        };
        var named = reports.Where(report => report.IsNamed).Select(report => report.Hash).Order(StringComparer.Ordinal).ToArray();
        if (named.Length > 0) details["reports"] = new JsonArray([.. named.Select(hash => (JsonNode)hash)]);
        return CanonicalJson.Write(details);
    }

    private bool Exists(ProgrammeLifecycle lifecycle) => State.Draft is not null || lifecycle.IsPublished;

    private CheckedDraft Check(byte[] json, ProgrammeLifecycle lifecycle) =>
        DraftCheck.Check(json, lifecycle.Programme, lifecycle.Documents, services.Now, services.Limits);

    private static DraftView View(ProgrammeLifecycle lifecycle, WrittenDraft draft, CheckedDraft content) => new(
        lifecycle.Programme, draft.Hash, draft.Author, draft.At, draft.Json, [.. draft.Approvals], content.Problems,
        content.Version?.Differences ?? [], content.Version?.Widens ?? false);

    private static string[] WordsOf(CheckedDraft content) => content.Version is { } version
        ? [version.RuleSet.Summary, .. version.Differences]
        : [$"The draft has {Text(content.Problems.Length)} problems."];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
