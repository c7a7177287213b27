using Scoring.Contests;

namespace Scoring.Inbox;

/// <summary>
/// The undecided contests that the administrator may judge. Which ones these are follows from the public record, the registrations and the
/// administrator's own enrolments; no entry's content is read.
/// </summary>
internal sealed class ContestSection(IContestStore store, ReviewerIndependence independence) : IInboxSection
{
    private const int PageCount = 100;

    public async Task<SectionItems> Read(InboxContext context)
    {
        var items = new List<InboxItem>();
        CasePlace? after = null;
        for (var seen = 0; seen < context.Options.LookMax && items.Count < context.Options.ItemsMax; seen += PageCount)
        {
            var page = await store.UndecidedWithDay(after, PageCount, CancellationToken.None);
            var open = page.Where(waiting => waiting.Contest.DueOn >= context.Today(waiting.Contest.Programme)).ToArray();
            items.AddRange((await independence.Among(context.Reader, open, context.Today)).Select(waiting => Of(waiting.Contest, context)));
            if (page.Count < PageCount) return new SectionItems(items);
            after = new CasePlace(page[^1].Contest.DueOn, page[^1].Contest.Number);
        }
        return new SectionItems(items, IsCut: true);
    }

    private static InboxItem Of(StoredContest contest, InboxContext context) =>
        new(InboxKind.Contest, InboxTask.Judge, contest.Programme, context.NameOf(contest.Programme))
        {
            Case = contest.Case, DueOn = contest.DueOn, Since = contest.OpenedOn,
        };
}
