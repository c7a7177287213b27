using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Scoring.Authentication;
using Scoring.Limits;
using Scoring.Problems;

namespace Scoring.Contests;

/// <summary>Contests as administrators decide them: by opaque case.</summary>
internal static class CaseRoutes
{
    private const int CountMax = 500; // the contract's own bound

    public static void MapCases(this IEndpointRouteBuilder admin)
    {
        var routes = admin.MapGroup("/contests");
        routes.MapGet("", List).WithName("listCases").WithSummary("Undecided contests, earliest due first, with nothing of the entries")
            .Refuses(400, 401, 403, 429, 503);
        routes.MapGet("{case:length(22)}", Open).WithName("openCase").WithSummary("Open a case's file, which is a look")
            .WithDescription(
                "The look is an entry of the participant's history before it is answered. Closed to whoever wrote the rules, runs the "
                + "source or is the participant.")
            .Refuses(401, 403, 404, 409, 429, 503);
        routes.MapPost("{case:length(22)}/decision", Decide).WithName("decideCase").WithSummary("Decide a contest")
            .WithDescription(
                "Upheld, the event is taken away. The decision is a public act that names neither case nor entry. The same decision by the "
                + "same administrator may be sent again.")
            .WithMetadata(new SmallBodyMetadata()).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);
    }

    private static async Task<Results<Ok<CasePage>, ProblemResult>> List(
        CasePlace? after, int? count, IGrainFactory grains, IOptions<GatewayLimits> limits, CancellationToken cancellationToken)
    {
        var size = count ?? limits.Value.HistoryCountDefault;
        if (size is < 1 or > CountMax) return new ProblemResult(Problem.MalformedRequest) { Detail = $"count lies from 1 to {CountMax}." };
        return TypedResults.Ok(await grains.GetGrain<ICaseGrain>(0).List(after, size).WaitAsync(cancellationToken));
    }

    private static async Task<Results<Ok<CaseFile>, ProblemResult>> Open(
        string @case, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var outcome = await grains.GetGrain<ICaseGrain>(0).OpenFile(Of(caller), @case).WaitAsync(cancellationToken);
        return outcome.File is { } file ? TypedResults.Ok(file) : ContestRoutes.Refuse(outcome.Refusal);
    }

    private static async Task<Results<Ok<DecisionView>, ProblemResult>> Decide(
        string @case, DecisionRequest form, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var outcome = await grains.GetGrain<ICaseGrain>(0).Decide(Of(caller), @case, form.Upheld, form.Reason).WaitAsync(cancellationToken);
        return outcome.Decision is { } decision ? TypedResults.Ok(decision) : ContestRoutes.Refuse(outcome.Refusal);
    }

    private static CaseReviewer Of(Caller caller) => new(caller.Name, caller.Clients);
}

/// <summary>A decision.</summary>
/// <param name="Upheld">Whether the participant is right.</param>
/// <param name="Reason">Why; must go with the decision.</param>
internal sealed record DecisionRequest(bool Upheld, ContestReason Reason);
