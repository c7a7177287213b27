using Microsoft.Extensions.Options;
using Scoring.Administration;
using Scoring.Incidents;
using Scoring.Programmes;

namespace Scoring.Inbox;

/// <summary>Proposed notices of incidents that wait for another administrator's confirmation.</summary>
internal sealed class IncidentSection(IGrainStateReader states, IOptions<PublicationOptions> options) : IInboxSection
{
    private const string StateName = "incident";

    public async Task<SectionItems> Read(InboxContext context)
    {
        var query = new StateQuery(StateName, "", "", context.Options.LookMax + 1, nameof(IncidentState.Proposal));
        var stored = await states.Read<IncidentState>(query, CancellationToken.None);
        var items = new List<InboxItem>();
        foreach (var (key, state) in stored.Take(context.Options.LookMax))
        {
            // A pending confirmation is decided. The grain completes it at its next call.
            if (state is not { Pending: null, Proposal: { } proposal } || !ProgrammeId.TryParse(key, out var programme)) continue;
            var expires = proposal.At.AddDays(options.Value.ApprovalDays);
            var lifecycle = new ProgrammeLifecycle(programme, context.Published);
            if (context.Now >= expires) continue;
            if (ApprovalRights.RefusalOfIncident(lifecycle, proposal.Author, context.Reader.Name) is not null) continue;
            items.Add(new InboxItem(InboxKind.Incident, InboxTask.Approve, programme, context.NameOf(programme))
            {
                Hash = proposal.Hash, DueOn = Utc(expires), Since = Utc(proposal.At), Approvals = 0,
            });
        }
        return new SectionItems(items, stored.Count > context.Options.LookMax);
    }

    private static DateOnly Utc(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
