using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Authentication;
using Scoring.Limits;
using Scoring.Problems;

namespace Scoring.Administration;

/// <summary>Event types, sources and services: proposed by one administrator, in effect when another approves.</summary>
internal static class RegistrationRoutes
{
    public static void MapRegistrations(this IEndpointRouteBuilder admin)
    {
        Map(admin, RegistrationKind.EventType, "EventType", "an event type");
        Map(admin, RegistrationKind.Source, "Source", "a source");
        Map(admin, RegistrationKind.Service, "Service", "a service");
    }

    private static void Map(IEndpointRouteBuilder admin, RegistrationKind kind, string name, string words)
    {
        var routes = admin.MapGroup(RegistrationId.Plural(kind));
        routes.MapPost("", (HttpContext http, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
                Propose(kind, http, caller, grains, cancellationToken))
            .WithName("propose" + name).WithSummary($"Propose to register, suspend, resume or end {words}")
            .WithDescription("Takes the place of the proposal under way. It takes effect when another administrator approves its hash.")
            .WithMetadata(new AdminBodyMetadata(IsRegistration: true))
            .Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);
        routes.MapGet("{id:length(1,1024)}", (string id, IGrainFactory grains, CancellationToken cancellationToken) =>
                Find(kind, id, grains, cancellationToken))
            .WithName("findRegistered" + name).WithSummary($"How {words} is registered, with the proposal under way")
            .Refuses(401, 403, 404, 429, 503);
        routes.MapPost("{id:length(1,1024)}/approvals", (
                string id, ApprovalRequest form, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
                Approve(kind, id, form, caller, grains, cancellationToken))
            .WithName("approve" + name).WithSummary($"Approve the proposal about {words}; it takes effect")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);
    }

    private static async Task<Results<Accepted<ProposalView>, ProblemResult>> Propose(
        RegistrationKind kind, HttpContext http, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var body = await AdminDocumentBody.Read(http, cancellationToken);
        if (body.Refusal is { } unread) return unread;
        var form = RegistrationRequest.Of(kind, body.Root);
        if (form is not { Id: { } id, Change: { } change }) return form.Refusal!;
        var outcome = await Grain(grains, id).Propose(caller.Name, change).WaitAsync(cancellationToken);
        return outcome.Proposal is { } proposal
            ? TypedResults.Accepted(id.Address, proposal)
            : AdminResults.Refuse(outcome.Refusal ?? AdminRefusal.Unknown, outcome.Problems);
    }

    private static async Task<Results<Ok<RegistrationView>, ProblemResult>> Find(
        RegistrationKind kind, string segment, IGrainFactory grains, CancellationToken cancellationToken) =>
        RegistrationId.OfSegment(kind, segment) is { } id && await Grain(grains, id).Find().WaitAsync(cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : new ProblemResult(Problem.NotFound);

    private static async Task<Results<Ok<ApprovalResponse>, Accepted<ApprovalResponse>, ProblemResult>> Approve(
        RegistrationKind kind, string segment, ApprovalRequest form, Caller caller, IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        if (AdminResults.BadHash(form.Hash) is { } refused) return refused;
        return RegistrationId.OfSegment(kind, segment) is { } id
            ? AdminResults.Of(await Grain(grains, id).Approve(caller.Name, form.Hash).WaitAsync(cancellationToken))
            : new ProblemResult(Problem.NotFound);
    }

    private static IRegistrationGrain Grain(IGrainFactory grains, RegistrationId id) => grains.GetGrain<IRegistrationGrain>(id.Key);
}
