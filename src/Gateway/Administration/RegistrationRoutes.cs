using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Authentication;
using Scoring.Limits;
using Scoring.Problems;

namespace Scoring.Administration;

/// <summary>
/// Routes by which administrators register, suspend, resume and end event types, sources and services. One administrator proposes a change;
/// it takes effect when another one approves it.
/// </summary>
internal static class RegistrationRoutes
{
    private const string WrongStatus =
        "Only a registered one can be suspended, only a suspended one resumed, and one that has ended does not change again.";

    public static void MapRegistrations(this IEndpointRouteBuilder admin)
    {
        MapKind(admin, RegistrationKind.EventType, "EventType", "an event type");
        MapKind(admin, RegistrationKind.Source, "Source", "a source");
        MapKind(admin, RegistrationKind.Service, "Service", "a service");
    }

    private static void MapKind(IEndpointRouteBuilder admin, RegistrationKind kind, string name, string noun)
    {
        var routes = admin.MapGroup(RegistrationId.Plural(kind));
        routes.MapPost("", (HttpContext http, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
                Propose(kind, http, caller, grains, cancellationToken))
            .WithName("propose" + name).WithSummary($"Propose to register, suspend, resume or end {noun}")
            .WithDescription("The proposal replaces an open one. It takes effect when another administrator approves its hash.")
            .WithMetadata(new AdminBodyMetadata(IsRegistration: true))
            .Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);
        routes.MapGet("{id:length(1,1024)}", (string id, IGrainFactory grains, CancellationToken cancellationToken) =>
                Find(kind, id, grains, cancellationToken))
            .WithName("findRegistered" + name).WithSummary($"Show the registration of {noun}, with the open proposal")
            .Refuses(401, 403, 404, 429, 503);
        routes.MapPost("{id:length(1,1024)}/approvals", (
                string id, ApprovalRequest request, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
                Approve(kind, id, request, caller, grains, cancellationToken))
            .WithName("approve" + name).WithSummary($"Approve the proposal about {noun}; it takes effect")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);
    }

    private static async Task<Results<Accepted<ProposalView>, ProblemResult>> Propose(
        RegistrationKind kind, HttpContext http, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var body = await AdminDocumentBody.Read(http, cancellationToken);
        if (body.Refusal is { } refusal) return refusal;
        var request = RegistrationRequest.Of(kind, body.Root);
        if (request is not { Id: { } id, Change: { } change }) return request.Refusal!;
        var outcome = await Grain(grains, id).Propose(caller.Name, change).WaitAsync(cancellationToken);
        return outcome.Proposal is { } proposal
            ? TypedResults.Accepted(id.Address, proposal)
            : AdminResults.Refuse(outcome.Refusal ?? AdminRefusal.Unknown, outcome.Problems, WrongStatus);
    }

    private static async Task<Results<Ok<RegistrationView>, ProblemResult>> Find(
        RegistrationKind kind, string segment, IGrainFactory grains, CancellationToken cancellationToken) =>
        RegistrationId.OfSegment(kind, segment) is { } id && await Grain(grains, id).Find().WaitAsync(cancellationToken) is { } registration
            ? TypedResults.Ok(registration)
            : new ProblemResult(Problem.NotFound);

    private static async Task<Results<Ok<ApprovalResponse>, Accepted<ApprovalResponse>, ProblemResult>> Approve(
        RegistrationKind kind, string segment, ApprovalRequest request, Caller caller, IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        if (AdminResults.HashFault(request.Hash) is { } fault) return fault;
        return RegistrationId.OfSegment(kind, segment) is { } id
            ? AdminResults.Of(await Grain(grains, id).Approve(caller.Name, request.Hash).WaitAsync(cancellationToken), WrongStatus)
            : new ProblemResult(Problem.NotFound);
    }

    private static IRegistrationGrain Grain(IGrainFactory grains, RegistrationId id) => grains.GetGrain<IRegistrationGrain>(id.Key);
}
