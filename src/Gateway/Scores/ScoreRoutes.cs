using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Authentication;
using Scoring.Hosting;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Ticks;

namespace Scoring.Scores;

/// <summary>The route by which services query a score.</summary>
internal static class ScoreRoutes
{
    public static void MapScores(this IEndpointRouteBuilder app) =>
        Caller.For(app.MapPost("/v1/scores/query", Query), Roles.Service)
            .WithName("queryScore").WithTags("Scores").WithSummary("Query the score that a grant permits")
            .WithDescription(
                "The query is an entry that the participant sees before the answer leaves. A grant that is not valid gets an answer of the "
                + "same form on the same tick, with the programme's floor and the tier `baseline`.")
            .WithMetadata(new SmallBodyMetadata())
            .Refuses(400, 401, 403, 413, 415, 429, 503);

    private static async Task<Results<Ok<ScoreAnswer>, ProblemResult>> Query(
        ScoreQueryRequest request, Caller service, IdempotentCalls calls, ResponseTicks ticks, CancellationToken cancellationToken)
    {
        // A text that cannot be a grant takes the same path as a grant that is not valid, so that both cost the same.
        var query = calls.Send((IScoreQueryGrain grain) => grain.Ask(service.Name, request.Grant), cancellationToken);
        var outcome = await ticks.Scores.Leave(query, cancellationToken);
        return outcome switch
        {
            { Answer: { } answer } => TypedResults.Ok(answer),
            { Refusal: QueryRefusal.ServiceNotRegistered } => new ProblemResult(Problem.ServiceNotRegistered),
            _ => new ProblemResult(Problem.Unavailable) { RetryAfter = outcome.RetryAfter },
        };
    }
}

/// <summary>A service's query.</summary>
/// <param name="Grant">The grant's token, which the participant gave to the service.</param>
internal sealed record ScoreQueryRequest(string Grant);
