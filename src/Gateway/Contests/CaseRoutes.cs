using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Scoring.Authentication;
using Scoring.Hosting;
using Scoring.Limits;
using Scoring.Problems;

namespace Scoring.Contests;

/// <summary>Routes by which administrators read and decide contests, which are named by opaque case.</summary>
internal static class CaseRoutes
{
    private const int CountMax = 500; // the maximum of the grain's contract

    public static void MapCases(this IEndpointRouteBuilder admin)
    {
        var routes = admin.MapGroup("/contests");
        routes.MapGet("", List).WithName("listCases").WithSummary("List the open contests, earliest due day first, without their entries")
            .Refuses(400, 401, 403, 429, 503);
        routes.MapGet("{case:length(22)}", Open).WithName("openCase").WithSummary("Show a case's file, which is an access")
            .WithDescription(
                "The access is an entry of the subject before the answer leaves. The platform refuses an administrator who wrote or "
                + "approved the rules, runs the source or is the participant.")
            .Refuses(401, 403, 404, 409, 429, 503);
        routes.MapPost("{case:length(22)}/decision", Decide).WithName("decideCase").WithSummary("Decide a contest")
            .WithDescription(
                "When the contest is upheld, a correction takes the event's effect away. The decision is a public act that names neither "
                + "case nor entry. The same administrator may send the same decision again.")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);
    }

    private static async Task<Results<Ok<CasePage>, ProblemResult>> List(
        CasePlace? after, int? count, IdempotentCalls calls, IOptions<GatewayLimits> limits, CancellationToken cancellationToken)
    {
        var size = count ?? limits.Value.HistoryCountDefault;
        if (size is < 1 or > CountMax)
            return new ProblemResult(Problem.MalformedRequest) { Detail = $"count must be from 1 to {CountMax}." };
        return TypedResults.Ok(await calls.Send((ICaseGrain grain) => grain.List(after, size), cancellationToken));
    }

    private static async Task<Results<Ok<CaseFile>, ProblemResult>> Open(
        string @case, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var outcome = await grains.GetGrain<ICaseGrain>(0).OpenFile(ReviewerOf(caller), @case).WaitAsync(cancellationToken);
        return outcome.File is { } file ? TypedResults.Ok(file) : ContestRoutes.Refuse(outcome.Refusal);
    }

    private static async Task<Results<Ok<DecisionView>, ProblemResult>> Decide(
        string @case, DecisionRequest request, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var outcome = await grains.GetGrain<ICaseGrain>(0).Decide(ReviewerOf(caller), @case, request.Upheld, request.Reason)
            .WaitAsync(cancellationToken);
        return outcome.Decision is { } decision ? TypedResults.Ok(decision) : ContestRoutes.Refuse(outcome.Refusal);
    }

    private static CaseReviewer ReviewerOf(Caller caller) => new(caller.Name, caller.Clients);
}

/// <summary>The decision of a contest.</summary>
/// <param name="Upheld">Whether the contest is upheld: the participant is right.</param>
/// <param name="Reason">The reason, which must fit the decision.</param>
internal sealed record DecisionRequest(bool Upheld, ContestReason Reason);
