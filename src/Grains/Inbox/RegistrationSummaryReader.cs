using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Inbox;

/// <summary>Summarizes registrations with their proposed changes for one administrator, without their grains.</summary>
internal sealed class RegistrationSummaryReader(IGrainStateReader states)
{
    private const string StateName = "registration";

    /// <summary>Reads a page of the registrations of a kind, by id.</summary>
    public async Task<RegistrationSummaryPage> Read(
        PublishedState published, RegistrationKind kind, string administrator, string after, int count)
    {
        var prefix = StoppedState.KeyOf(kind, "");
        var query = new StateQuery(StateName, prefix, StoppedState.KeyOf(kind, after), count + 1);
        var stored = (await states.Read<RegistrationState>(query, CancellationToken.None))
            .ToDictionary(row => row.Key[prefix.Length..], row => row.State, StringComparer.Ordinal);
        var page = NamePage.Of(
            published.Registrations.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Select(key => key[prefix.Length..]),
            [.. stored.Keys], id => stored[id].Proposal is not null, after, count);
        var services = published.Documents.Services.ToDictionary(service => service.Id, StringComparer.Ordinal);
        return new RegistrationSummaryPage(
            [.. page.Names.Select(id => Summarize(
                new RegistrationLifecycle(new RegistrationKey(kind, id), published),
                kind == RegistrationKind.Service ? services.GetValueOrDefault(id) : null,
                stored.GetValueOrDefault(id), administrator))],
            page.After);
    }

    /// <summary>Reads the proposed changes of all kinds, at most <paramref name="count"/>.</summary>
    public async Task<IReadOnlyList<RegistrationSummary>> Proposals(PublishedState published, string administrator, int count)
    {
        var query = new StateQuery(StateName, "", "", count, nameof(RegistrationState.Proposal));
        var services = published.Documents.Services.ToDictionary(service => service.Id, StringComparer.Ordinal);
        return [.. from row in await states.Read<RegistrationState>(query, CancellationToken.None)
                   let key = RegistrationKey.TryParse(row.Key, out var parsed) ? parsed : (RegistrationKey?)null
                   where key is not null
                   select Summarize(
                       new RegistrationLifecycle(key.Value, published),
                       key.Value.Kind == RegistrationKind.Service ? services.GetValueOrDefault(key.Value.Id) : null, row.State,
                       administrator)];
    }

    private static RegistrationSummary Summarize(
        RegistrationLifecycle lifecycle, Service? service, RegistrationState? state, string administrator)
    {
        // A pending change is approved. The grain completes it, and no other approval is needed.
        var proposal = state?.Pending is null ? state?.Proposal : null;
        return new RegistrationSummary(
            lifecycle.Key.Kind, lifecycle.Key.Id, lifecycle.Status,
            service?.Programme ?? (proposal is { Document.Length: > 0 } ? lifecycle.Programme(proposal.Document) : null), service?.LastDay,
            proposal is null ? null : new ProposalSummary(
                proposal.Act, proposal.Hash, proposal.At, ApprovalRights.RegistrationCount, proposal.Author == administrator,
                ApprovalRights.RefusalOfProposal(lifecycle, proposal.Act, proposal.Author, administrator) is null));
    }
}
