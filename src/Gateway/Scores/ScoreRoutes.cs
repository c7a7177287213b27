using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Authentication;
using Scoring.Hosting;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Programmes;
using Scoring.Ticks;

namespace Scoring.Scores;

/// <summary>The routes by which services query a score, and test how they would.</summary>
internal static class ScoreRoutes
{
    public static void MapScores(this IEndpointRouteBuilder app)
    {
        Caller.For(app.MapPost("/v1/scores/query", Query), Roles.Service)
            .WithName("queryScore").WithTags("Scores").WithSummary("Query the score that a grant permits")
            .WithDescription(
                "The query is an entry that the participant sees before the answer leaves. A grant that is not valid gets an answer of the "
                + "same form on the same tick, with the programme's floor and the tier `baseline`.")
            .WithMetadata(new SmallBodyMetadata())
            .Refuses(400, 401, 403, 413, 415, 429, 503);
        Caller.For(app.MapPost("/v1/scores/query/test", Test), Roles.Service)
            .WithName("testScoreQuery").WithTags("Scores").WithSummary("Test how a query is answered, with fixed grants")
            .WithDescription(
                "No person is behind it, and nothing is recorded. The grant `test-tier-…` with the name of a tier gives that tier, "
                + "`test-too-many-requests` 429, `test-unavailable` 503, and every other text the neutral answer. On the real route these "
                + "grants lead nowhere.")
            .WithMetadata(new SmallBodyMetadata())
            .Refuses(400, 401, 403, 413, 415, 429, 503);
    }

    private static async Task<Results<Ok<ScoreAnswer>, ProblemResult>> Test(
        ScoreQueryRequest request, Caller service, CatalogueCache catalogues, ResponseTicks ticks, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var schema = (await catalogues.Current(cancellationToken)).FindService(service.Name)
            ?? (await catalogues.AfterMiss(cancellationToken)).FindService(service.Name);
        if (schema is null) return new ProblemResult(Problem.ServiceNotRegistered);
        if (ServiceTestGrants.RefusalOf(request.Grant) is { } refusal) return new ProblemResult(refusal);
        var answer = ServiceTestGrants.Answer(schema, request.Grant, time.GetUtcNow());
        return TypedResults.Ok(await ticks.Scores.Leave(Task.FromResult(answer), cancellationToken));
    }

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
