using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Authentication;
using Scoring.Limits;
using Scoring.Problems;
using Scoring.Ticks;

namespace Scoring.Scores;

/// <summary>Where services ask for a score.</summary>
internal static class ScoreRoutes
{
    public static void MapScores(this IEndpointRouteBuilder app) =>
        Caller.For(app.MapPost("/v1/scores/query", Query), Roles.Service)
            .WithName("queryScore").WithTags("Scores").WithSummary("The score behind a grant")
            .WithDescription(
                "The look is an entry that the participant sees before this answers. Whatever the grant leads to or not, the answer has "
                + "the same form and leaves on the same tick: the floor and `baseline` are also what nobody gets.")
            .WithMetadata(new SmallBodyMetadata())
            .Refuses(400, 401, 403, 413, 415, 429, 503);

    private static async Task<Results<Ok<ScoreAnswer>, ProblemResult>> Query(
        ScoreQueryRequest question, Caller service, IGrainFactory grains, ResponseTicks ticks, CancellationToken cancellationToken)
    {
        // What cannot be a grant goes the same road as a grant that leads nowhere.
        var outcome = await ticks.Scores.Leave(grains.GetGrain<IScoreQueryGrain>(0).Ask(service.Name, question.Grant), cancellationToken);
        return outcome switch
        {
            { Answer: { } answer } => TypedResults.Ok(answer),
            { Refusal: QueryRefusal.ServiceNotRegistered } => new ProblemResult(Problem.ServiceNotRegistered),
            _ => new ProblemResult(Problem.Unavailable) { RetryAfter = outcome.RetryAfter },
        };
    }
}

/// <summary>A service's question.</summary>
/// <param name="Grant">What the participant handed to the service.</param>
internal sealed record ScoreQueryRequest(string Grant);
