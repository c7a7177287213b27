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
            .WithMetadata(new SmallBody())
            .Refuses(400, 401, 403, 413, 415, 429, 503);

    private static async Task<Results<Ok<ScoreAnswer>, Refused>> Query(
        ScoreQuestion question, Caller service, IGrainFactory grains, AnswerTicks ticks, CancellationToken cancellation)
    {
        // What cannot be a grant goes the same road as a grant that leads nowhere.
        var outcome = await ticks.Scores.Leave(grains.GetGrain<IScoreQueryGrain>(0).Ask(service.Name, question.Grant), cancellation);
        return outcome switch
        {
            { Answer: { } answer } => TypedResults.Ok(answer),
            { Refusal: AskRefusal.ServiceNotRegistered } => new Refused(Problem.ServiceNotRegistered),
            _ => new Refused(Problem.Unavailable) { RetryAfter = outcome.RetryAfter },
        };
    }
}

/// <summary>A service's question.</summary>
/// <param name="Grant">What the participant handed to the service.</param>
internal sealed record ScoreQuestion(string Grant);
