using Microsoft.Extensions.Options;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Inbox;

/// <summary>Summarizes programmes with their drafts and waiting approvals for one administrator, without their grains.</summary>
internal sealed class ProgrammeSummaryReader(IGrainStateReader states, IOptions<PublicationOptions> options)
{
    private const string StateName = "programme-admin";

    private PublicationLimits Limits => new(options.Value.NoticeDays, options.Value.FirstNoticeDays);

    /// <summary>Reads a page of programmes, by name.</summary>
    public async Task<ProgrammeSummaryPage> Read(
        PublishedState published, DateTimeOffset now, string administrator, string after, int count)
    {
        var stored = (await states.Read<ProgrammeAdminState>(new StateQuery(StateName, "", after, count + 1), CancellationToken.None))
            .ToDictionary(row => row.Key, row => row.State, StringComparer.Ordinal);
        var page = NamePage.Of(
            published.Documents.Versions.Select(version => version.Terms.Id.Value), [.. stored.Keys],
            name => stored[name].Draft is not null && ProgrammeId.TryParse(name, out _), after, count);
        return new ProgrammeSummaryPage(
            [.. page.Names.Select(name => Summarize(
                new ProgrammeLifecycle(ProgrammeId.Parse(name), published), stored.GetValueOrDefault(name) ?? new ProgrammeAdminState(),
                now, administrator))],
            page.After);
    }

    private ProgrammeSummary Summarize(ProgrammeLifecycle lifecycle, ProgrammeAdminState state, DateTimeOffset now, string administrator)
    {
        var versions = lifecycle.Versions;
        var inForce = versions.IsEmpty
            ? null
            : versions.LastOrDefault(version => version.RuleSet.FirstDay <= Day(now, versions[^1].Terms.Zone));
        // A publication that a crash interrupted has a draft in its state and a version in the store.
        var isPublished = state.Pending is { Act: AdminActions.Published } pending
            && versions.Any(version => version.RuleSet.Hash == pending.RuleSet);
        var expired = now.AddDays(-options.Value.ApprovalDays);
        var resuming = new WaitingApprovals(state.ResumeApprovals, state.ResumeApprovedAt).Dated(now).After(expired);
        var ending = new WaitingApprovals(state.EndApprovals, state.EndApprovedAt).Dated(now).After(expired);
        return new ProgrammeSummary(
            lifecycle.Programme, (inForce ?? versions.FirstOrDefault())?.Terms.Name, lifecycle.Status, inForce?.RuleSet.Number,
            versions.LastOrDefault()?.RuleSet.Number, inForce?.Assessment.ReviewBy,
            state.Draft is { } draft && !isPublished ? Summarize(lifecycle, draft, now, administrator) : null,
            Summarize(resuming, ApprovalRights.RefusalOfResuming(lifecycle, resuming.By, administrator), administrator),
            Summarize(ending, ApprovalRights.RefusalOfEnding(lifecycle, ending.By, administrator), administrator));
    }

    private DraftSummary Summarize(ProgrammeLifecycle lifecycle, WrittenDraft draft, DateTimeOffset now, string administrator)
    {
        var content = DraftCheck.Check(draft.Json, lifecycle.Programme, lifecycle.Documents, now, Limits);
        var refusal = ApprovalRights.RefusalOfDraft(lifecycle, draft.Author, draft.Approvals, administrator);
        var notice = lifecycle.IsPublished ? Limits.NoticeDays : Limits.FirstNoticeDays;
        return new DraftSummary(
            content.Version?.RuleSet.Number, draft.Hash, draft.At, content.Version?.RuleSet.FirstDay,
            content.Version?.RuleSet.FirstDay.AddDays(-notice), content.Problems.Length, draft.Approvals.Length,
            ApprovalRights.ProgrammeCount - draft.Approvals.Length, draft.Author == administrator,
            draft.Approvals.Contains(administrator), refusal is null && content.Problems.IsEmpty);
    }

    private ApprovalSummary? Summarize(WaitingApprovals approvals, AdminRefusal? refusal, string administrator) =>
        approvals.By.Length == 0
            ? null
            : new ApprovalSummary(
                approvals.By.Length, ApprovalRights.ProgrammeCount - approvals.By.Length,
                approvals.At?.Min().AddDays(options.Value.ApprovalDays), approvals.Has(administrator), refusal is null);

    private static DateOnly Day(DateTimeOffset now, string zone) => ProgrammeDay.Of(now, TimeZoneInfo.FindSystemTimeZoneById(zone));
}
