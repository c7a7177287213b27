using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Scoring.Administration;
using Scoring.Contests;
using Scoring.Programmes;

namespace Scoring.Inbox;

/// <summary>See <see cref="IInboxGrain"/>.</summary>
[GrainType("inbox"), Reentrant, StatelessWorker]
internal sealed class InboxGrain(
    IEnumerable<IInboxSection> sections, IProgrammeStore store, ProgrammeClock clock, IOptions<InboxOptions> options) : Grain, IInboxGrain
{
    public async Task<InboxPage> Read(CaseReviewer administrator)
    {
        var context = new InboxContext(administrator, await store.Read(CancellationToken.None), clock.Now, options.Value);
        var parts = new List<SectionItems>();
        foreach (var section in sections) parts.Add(await section.Read(context));
        var items = parts.SelectMany(part => part.Items)
            .OrderBy(item => item.DueOn ?? DateOnly.MaxValue).ThenBy(item => item.Since ?? DateOnly.MaxValue).ThenBy(item => item.Kind)
            .ThenBy(item => item.Name, StringComparer.Ordinal).ToArray();
        return new InboxPage(
            [.. items.Take(options.Value.ItemsMax)], items.Length > options.Value.ItemsMax || parts.Exists(part => part.IsCut));
    }
}
