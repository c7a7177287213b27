using Scoring.Administration;
using Scoring.Rules;

namespace Scoring.Inbox;

/// <summary>Proposed changes of registrations to approve, and services whose registration ends soon.</summary>
internal sealed class RegistrationSection(RegistrationSummaryReader registrations) : IInboxSection
{
    public async Task<SectionItems> Read(InboxContext context)
    {
        var proposals = await registrations.Proposals(context.Published, context.Reader.Name, context.Options.LookMax + 1);
        return new SectionItems(
            proposals.Take(context.Options.LookMax).Where(registration => registration.Proposal is { MayApprove: true }).Select(Proposal)
                .Concat(Expiries(context)),
            proposals.Count > context.Options.LookMax);
    }

    private static InboxItem Proposal(RegistrationSummary registration) =>
        new(InboxKind.Proposal, InboxTask.Approve, registration.Programme, registration.Id)
        {
            Registration = registration.Kind, Hash = registration.Proposal!.Hash, Approvals = 0,
            Since = DateOnly.FromDateTime(registration.Proposal.At.UtcDateTime),
        };

    private static IEnumerable<InboxItem> Expiries(InboxContext context) =>
        from service in context.Published.Documents.Services
        where context.Published.Registrations.GetValueOrDefault(StoppedState.KeyOf(RegistrationKind.Service, service.Id))
                == RegistrationStatus.Registered
            && !context.Published.Ended.Contains(service.Programme)
            && context.IsSoon(service.LastDay, context.Today(service.Programme))
        select new InboxItem(InboxKind.Expiry, InboxTask.Renew, service.Programme, service.Id)
        {
            Registration = RegistrationKind.Service, DueOn = service.LastDay,
        };
}
