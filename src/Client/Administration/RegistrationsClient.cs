using System.Buffers.Text;
using System.Text;

namespace Scoring.Client;

/// <summary>
/// The calls of an administrator about event types, sources and services. One proposes a change, and another approves it. The access token
/// has the role <c>administrator</c>.
/// </summary>
public sealed class RegistrationsClient
{
    private readonly RequestSender _sender;

    internal RegistrationsClient(RequestSender sender) => _sender = sender;

    /// <summary>
    /// Proposes to register, suspend, resume or end. It is refused with <see cref="ProblemKinds.ContentAtFault"/> and every problem of the
    /// document.
    /// </summary>
    [Operation("proposeEventType"), Operation("proposeSource"), Operation("proposeService")]
    public Task<ProposalView> Propose(
        RegistrationKind kind, RegistrationProposal proposal, CancellationToken cancellationToken = default) =>
        _sender.Send<ProposalView>(RequestSender.Request(HttpMethod.Post, PathOf(kind), proposal), cancellationToken);

    /// <summary>Returns a page of the registrations of a kind that exist or are proposed, by id.</summary>
    /// <param name="kind">What is registered.</param>
    /// <param name="after">The member <c>after</c> of the page before; <see langword="null"/> for the first page.</param>
    /// <param name="count">How many, 1 to 500.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("listRegisteredEventTypes"), Operation("listRegisteredSources"), Operation("listRegisteredServices")]
    public Task<RegistrationSummaryPage> List(
        RegistrationKind kind, string? after = null, int? count = null, CancellationToken cancellationToken = default) =>
        _sender.Get<RegistrationSummaryPage>(RequestPath.Query(PathOf(kind), ("after", after), ("count", count)), cancellationToken);

    /// <summary>Returns a registration with its proposal.</summary>
    /// <param name="kind">What is registered.</param>
    /// <param name="id">Its name; of a source, its URI.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("findRegisteredEventType"), Operation("findRegisteredSource"), Operation("findRegisteredService")]
    public Task<RegistrationView> Find(RegistrationKind kind, string id, CancellationToken cancellationToken = default) =>
        _sender.Get<RegistrationView>(PathOf(kind, id), cancellationToken);

    /// <summary>
    /// Approves the proposal that was read. It is refused with <see cref="ProblemKinds.IsAuthor"/> or
    /// <see cref="ProblemKinds.HashDiffers"/>.
    /// </summary>
    /// <param name="kind">What is registered.</param>
    /// <param name="id">Its name; of a source, its URI.</param>
    /// <param name="request">The hash of the proposal.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("approveEventType"), Operation("approveSource"), Operation("approveService")]
    public Task<ApprovalResponse> Approve(
        RegistrationKind kind, string id, ApprovalRequest request, CancellationToken cancellationToken = default) =>
        _sender.Send<ApprovalResponse>(
            RequestSender.Request(HttpMethod.Post, PathOf(kind, id) + "/approvals", request), cancellationToken);

    private static string PathOf(RegistrationKind kind) => kind switch
    {
        RegistrationKind.EventType => "v1/admin/event-types",
        RegistrationKind.Source => "v1/admin/sources",
        RegistrationKind.Service => "v1/admin/services",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no registration of this kind."),
    };

    // A source's id is a URI, so the path has it as base64url.
    private static string PathOf(RegistrationKind kind, string id) => PathOf(kind) + "/" + (kind == RegistrationKind.Source
        ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id))
        : RequestPath.Segment(id));
}
