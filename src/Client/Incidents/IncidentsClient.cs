namespace Scoring.Client;

/// <summary>
/// The calls by which administrators tell every participant of a programme about an incident. One proposes the notice, and another confirms
/// it. The access token has the role <c>administrator</c>.
/// </summary>
public sealed class IncidentsClient
{
    private readonly RequestSender _sender;

    internal IncidentsClient(RequestSender sender) => _sender = sender;

    /// <summary>
    /// Proposes a notice, in place of one that waits. Its texts become public and stay, so they name no person. It is refused with
    /// <see cref="ProblemKinds.ContentAtFault"/> and every problem of the texts, and with <see cref="ProblemKinds.WrongStatus"/> when the
    /// programme has ended.
    /// </summary>
    [Operation("proposeIncident")]
    public Task<IncidentProposalView> Propose(string programme, IncidentNotice notice, CancellationToken cancellationToken = default) =>
        _sender.Send<IncidentProposalView>(
            RequestSender.Request(HttpMethod.Post, PathOf(programme), notice), cancellationToken);

    /// <summary>Returns the proposal that waits. It is refused with <see cref="ProblemKinds.NotFound"/> when none does.</summary>
    [Operation("findIncidentProposal")]
    public Task<IncidentProposalView> FindProposal(string programme, CancellationToken cancellationToken = default) =>
        _sender.Get<IncidentProposalView>(PathOf(programme) + "/proposal", cancellationToken);

    /// <summary>
    /// Confirms the proposal that was read: every participant is told. It is refused with <see cref="ProblemKinds.IsAuthor"/> or
    /// <see cref="ProblemKinds.HashDiffers"/>.
    /// </summary>
    [Operation("confirmIncident")]
    public Task<ApprovalResponse> Confirm(
        string programme, ApprovalRequest request, CancellationToken cancellationToken = default) =>
        _sender.Send<ApprovalResponse>(
            RequestSender.Request(HttpMethod.Post, PathOf(programme) + "/approvals", request), cancellationToken);

    /// <summary>Takes one's own proposal back.</summary>
    [Operation("takeBackIncident")]
    public Task<ApprovalResponse> TakeBack(string programme, CancellationToken cancellationToken = default) =>
        _sender.Send<ApprovalResponse>(RequestSender.Request(HttpMethod.Delete, PathOf(programme) + "/proposal"), cancellationToken);

    private static string PathOf(string programme) => $"v1/admin/programmes/{RequestPath.Segment(programme)}/incidents";
}
