using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Scoring.Authentication;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Handles;

/// <summary>Routes by which participants link, list and unlink the handles of a subject.</summary>
internal static class HandleRoutes
{
    public static void MapHandles(this IEndpointRouteBuilder me)
    {
        var routes = me.MapGroup("{p:programme}/{n:int:range(0,31)}/handles");
        routes.MapPost("", Link).WithName("linkHandles").WithSummary("Link more handles by proofs; all or none")
            .WithDescription(
                "The answer lists all handles of the subject. A handle of another subject moves to this one when its proof is newer, and "
                + "the other subject's participant gets a notice.")
            .WithMetadata(new SmallBodyMetadata())
            .Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);
        routes.MapGet("", List).WithName("listHandles").WithSummary("List the linked handles").Refuses(401, 403, 404, 429, 503);
        routes.MapDelete("{id:length(1,64)}", Unlink).WithName("unlinkHandle").WithSummary("Unlink a handle; it takes effect immediately")
            .Refuses(401, 403, 404, 429, 503);
    }

    private static async Task<Results<Ok<ImmutableArray<HandleView>>, ProblemResult>> Link(
        ProgrammeId p, int n, HandleLinkRequest request, Caller caller, IGrainFactory grains, IOptions<GatewayLimits> limits,
        CancellationToken cancellationToken)
    {
        if (EnrolRequestValidator.ProofFaults(request.HandleProofs, limits.Value) is { IsEmpty: false } faults)
            return new ProblemResult(Problem.MalformedRequest) { Errors = faults };
        var outcome = await grains.GetGrain<IEnrolmentGrain>(0).LinkHandles(new(caller.Name, p, n), request.HandleProofs)
            .WaitAsync(cancellationToken);
        return outcome switch
        {
            { Linked: { } linked } => TypedResults.Ok(linked),
            { Refusal: LinkRefusal.ProofRefused } => new ProblemResult(Problem.ProofRefused),
            { Refusal: LinkRefusal.TooManyHandles } => new ProblemResult(Problem.TooManyHandles),
            _ => new ProblemResult(Problem.NotFound),
        };
    }

    private static async Task<Results<Ok<ImmutableArray<HandleView>>, ProblemResult>> List(
        ProgrammeId p, int n, Caller caller, IdempotentCalls calls, CancellationToken cancellationToken) =>
        OwnedResults.Or404(await calls.Send((IEnrolmentGrain grain) => grain.LinkedHandles(new(caller.Name, p, n)), cancellationToken));

    private static async Task<Results<NoContent, ProblemResult>> Unlink(
        ProgrammeId p, int n, string id, Caller caller, IGrainFactory grains, CancellationToken cancellationToken) =>
        OwnedResults.Or404(await grains.GetGrain<IEnrolmentGrain>(0).UnlinkHandle(new(caller.Name, p, n), id).WaitAsync(cancellationToken));
}

/// <summary>A request to link handles.</summary>
/// <param name="HandleProofs">Compact JWS signed by the handles' sources, as at enrolment.</param>
internal sealed record HandleLinkRequest(ImmutableArray<string> HandleProofs);
