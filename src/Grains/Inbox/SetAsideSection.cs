using Scoring.SetAside;

namespace Scoring.Inbox;

/// <summary>Programmes with entries that no fold could value, one item each. One administrator is enough to replay them.</summary>
internal sealed class SetAsideSection(ISetAsideStore store) : IInboxSection
{
    public async Task<SectionItems> Read(InboxContext context)
    {
        var replaying = await store.ReadReplays(CancellationToken.None);
        var counts = await store.Count(CancellationToken.None);
        return new SectionItems(
            from programme in counts.Select(count => count.Programme).Distinct().Except(replaying)
            select new InboxItem(InboxKind.SetAside, InboxTask.Replay, programme, context.NameOf(programme)));
    }
}
