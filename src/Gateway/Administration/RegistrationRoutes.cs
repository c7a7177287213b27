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
        routes.MapPost("", (HttpContext http, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
                Propose(kind, http, caller, grains, cancellation))
            .WithName("propose" + name).WithSummary($"Propose to register, suspend, resume or end {words}")
            .WithDescription("Takes the place of the proposal under way. It takes effect when another administrator approves its hash.")
            .WithMetadata(new AdminBody(IsRegistration: true))
            .Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);
        routes.MapGet("{id:length(1,1024)}", (string id, IGrainFactory grains, CancellationToken cancellation) =>
                Find(kind, id, grains, cancellation))
            .WithName("findRegistered" + name).WithSummary($"How {words} is registered, with the proposal under way")
            .Refuses(401, 403, 404, 429, 503);
        routes.MapPost("{id:length(1,1024)}/approvals", (
                string id, ApprovalForm form, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
                Approve(kind, id, form, caller, grains, cancellation))
            .WithName("approve" + name).WithSummary($"Approve the proposal about {words}; it takes effect")
            .WithMetadata(new SmallBody()).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);
    }

    private static async Task<Results<Accepted<ProposalView>, Refused>> Propose(
        RegistrationKind kind, HttpContext http, Caller caller, IGrainFactory grains, CancellationToken cancellation)
    {
        var body = await AdminDocument.Read(http, cancellation);
        if (body.Refusal is { } unread) return unread;
        var form = RegistrationForm.Of(kind, body.Root);
        if (form is not { Id: { } id, Change: { } change }) return form.Refusal!;
        var outcome = await Grain(grains, id).Propose(caller.Name, change).WaitAsync(cancellation);
        return outcome.Proposal is { } proposal
            ? TypedResults.Accepted(id.Address, proposal)
            : AdminAnswers.Refuse(outcome.Refusal ?? AdminRefusal.Unknown, outcome.Problems);
    }

    private static async Task<Results<Ok<RegistrationView>, Refused>> Find(
        RegistrationKind kind, string segment, IGrainFactory grains, CancellationToken cancellation) =>
        RegistrationId.OfSegment(kind, segment) is { } id && await Grain(grains, id).Find().WaitAsync(cancellation) is { } found
            ? TypedResults.Ok(found)
            : new Refused(Problem.NotFound);

    private static async Task<Results<Ok<ApprovalView>, Accepted<ApprovalView>, Refused>> Approve(
        RegistrationKind kind, string segment, ApprovalForm form, Caller caller, IGrainFactory grains, CancellationToken cancellation)
    {
        if (AdminAnswers.BadHash(form.Hash) is { } refused) return refused;
        return RegistrationId.OfSegment(kind, segment) is { } id
            ? AdminAnswers.Of(await Grain(grains, id).Approve(caller.Name, form.Hash).WaitAsync(cancellation))
            : new Refused(Problem.NotFound);
    }

    private static IRegistrationGrain Grain(IGrainFactory grains, RegistrationId id) => grains.GetGrain<IRegistrationGrain>(id.Key);
}
