using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Scoring.Audit;
using Scoring.Programmes;

namespace Scoring.Inbox;

/// <summary>See <see cref="IAuditInboxGrain"/>.</summary>
[GrainType("audit-inbox"), Reentrant, StatelessWorker]
internal sealed class AuditInboxGrain(
    IAuditStore store, CurrentCatalogue catalogue, ProgrammeClock clock, IOptions<InboxOptions> options) : Grain, IAuditInboxGrain
{
    public async Task<AuditInbox> Read(string auditor)
    {
        var now = clock.Now;
        var count = options.Value.ItemsMax;
        // The current day of no zone is earlier than this. The programme's own day decides afterwards.
        var earliest = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1);
        var cases = await store.OpenCases(auditor, earliest, count + 1, CancellationToken.None);
        var open = cases.Take(count)
            .Where(opened => opened.ExpiresOn >= (catalogue.Find(opened.Programme)?.Day(now) ?? earliest)).ToArray();
        var draws = await store.DrawsOf([.. open.Select(opened => opened.Case)], count + 1, CancellationToken.None);
        return new AuditInbox([.. open], [.. draws.Take(count)], cases.Count > count || draws.Count > count);
    }
}
