namespace Scoring.Client;

/// <content>Grants, contests and audit codes.</content>
public sealed partial class SubjectClient
{
    /// <summary>Lets a service query, until revoked, ended or used up. The answer holds the token, which is shown once.</summary>
    [Operation("giveGrant")]
    public Task<NewGrantView> GiveGrant(GrantRequest request, CancellationToken cancellationToken = default) =>
        _sender.Send<NewGrantView>(RequestSender.Request(HttpMethod.Post, _path + "/grants", request), cancellationToken);

    /// <summary>Returns the grants with the uses that are left.</summary>
    [Operation("listGrants")]
    public Task<IReadOnlyList<GrantView>> ListGrants(CancellationToken cancellationToken = default) =>
        _sender.Get<IReadOnlyList<GrantView>>(_path + "/grants", cancellationToken);

    /// <summary>Revokes a grant.</summary>
    /// <param name="grant">The member <c>id</c> of the grant, not its token.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("revokeGrant")]
    public Task RevokeGrant(string grant, CancellationToken cancellationToken = default) =>
        _sender.Send(RequestSender.Request(HttpMethod.Delete, $"{_path}/grants/{RequestPath.Segment(grant)}"), cancellationToken);

    /// <summary>
    /// Contests an event. From then on the points that it takes away are left out. It is refused with
    /// <see cref="ProblemKinds.EventUnknown"/>, <see cref="ProblemKinds.ContestedAlready"/>,
    /// <see cref="ProblemKinds.CorrectedAlready"/> or <see cref="ProblemKinds.TooManyContests"/>.
    /// </summary>
    [Operation("openContest")]
    public Task<ContestView> OpenContest(ContestRequest request, CancellationToken cancellationToken = default) =>
        _sender.Send<ContestView>(RequestSender.Request(HttpMethod.Post, _path + "/contests", request), cancellationToken);

    /// <summary>Returns the contests.</summary>
    [Operation("listContests")]
    public Task<IReadOnlyList<ContestView>> ListContests(CancellationToken cancellationToken = default) =>
        _sender.Get<IReadOnlyList<ContestView>>(_path + "/contests", cancellationToken);

    /// <summary>Gives a further ground, once. It moves the due day.</summary>
    /// <param name="contest">The member <c>case</c> of the contest.</param>
    /// <param name="request">The ground.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    [Operation("addMaterial")]
    public Task<ContestView> AddMaterial(string contest, MaterialRequest request, CancellationToken cancellationToken = default) =>
        _sender.Send<ContestView>(
            RequestSender.Request(HttpMethod.Post, $"{_path}/contests/{RequestPath.Segment(contest)}/material", request),
            cancellationToken);

    /// <summary>Makes a code by which an auditor may name this subject. It is shown once.</summary>
    [Operation("makeAuditCode")]
    public Task<AuditCode> MakeAuditCode(AuditCodeRequest request, CancellationToken cancellationToken = default) =>
        _sender.Send<AuditCode>(RequestSender.Request(HttpMethod.Post, _path + "/audit-codes", request), cancellationToken);
}
