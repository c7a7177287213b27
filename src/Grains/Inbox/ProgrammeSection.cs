using Scoring.Administration;
using Scoring.Contests;

namespace Scoring.Inbox;

/// <summary>Drafts to approve, suspended programmes, approvals to end that wait for another, and assessments that end soon.</summary>
internal sealed class ProgrammeSection(ProgrammeSummaryReader programmes, PriorInvolvement record) : IInboxSection
{
    private const int PageCount = 50;

    public async Task<SectionItems> Read(InboxContext context)
    {
        var items = new List<InboxItem>();
        var after = "";
        for (var seen = 0; seen < context.Options.LookMax; seen += PageCount)
        {
            var page = await programmes.Read(context.Published, context.Now, context.Reader.Name, after, PageCount);
            foreach (var programme in page.Programmes) items.AddRange(await Of(programme, context));
            if (page.After is not { } next) return new SectionItems(items);
            after = next;
        }
        return new SectionItems(items, IsCut: true);
    }

    private async Task<IEnumerable<InboxItem>> Of(ProgrammeSummary programme, InboxContext context)
    {
        var items = new List<InboxItem>();
        var name = context.NameOf(programme.Programme);
        if (programme.Draft is { MayApprove: true } draft)
        {
            items.Add(new InboxItem(InboxKind.Draft, InboxTask.Approve, programme.Programme, name)
            {
                Hash = draft.Hash, DueOn = draft.ApproveBy, Since = Utc(draft.At), Approvals = draft.Approvals,
            });
        }
        if (programme.Status == ProgrammeStatus.Suspended && programme.Resuming is null or { MayApprove: true })
        {
            items.Add(new InboxItem(InboxKind.Suspension, InboxTask.Resume, programme.Programme, name)
            {
                DueOn = Utc(programme.Resuming?.ExpiresAt), Since = Utc((await record.Of(programme.Programme)).SuspendedAt),
                Approvals = programme.Resuming?.Approvals ?? 0,
            });
        }
        if (programme.Ending is { MayApprove: true } ending)
        {
            items.Add(new InboxItem(InboxKind.Ending, InboxTask.Approve, programme.Programme, name)
            {
                DueOn = Utc(ending.ExpiresAt), Approvals = ending.Approvals,
            });
        }
        if (EndOfAssessment(programme, context) is { } reviewBy)
            items.Add(new InboxItem(InboxKind.Assessment, InboxTask.Assess, programme.Programme, name) { DueOn = reviewBy });
        return items;
    }

    /// <summary>The last day of the assessment in force when it comes soon and no published version replaces it in time.</summary>
    private static DateOnly? EndOfAssessment(ProgrammeSummary programme, InboxContext context)
    {
        if (programme.Status == ProgrammeStatus.Ended || programme.ReviewBy is not { } reviewBy) return null;
        var today = context.Today(programme.Programme);
        var isReplaced = context.Published.Documents.VersionsOf(programme.Programme)
            .Any(version => version.RuleSet.Number > programme.InForce && version.RuleSet.FirstDay <= reviewBy.AddDays(1));
        return context.IsSoon(reviewBy, today) && !isReplaced ? reviewBy : null;
    }

    private static DateOnly? Utc(DateTimeOffset? at) => at is { } instant ? DateOnly.FromDateTime(instant.UtcDateTime) : null;
}
