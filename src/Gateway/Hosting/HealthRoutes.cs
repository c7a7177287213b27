using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Health;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Hosting;

/// <summary>Health routes for the supervisor of the process.</summary>
internal static class HealthRoutes
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("/health").WithTags("Health").AllowAnonymous().DisableRateLimiting();
        routes.MapGet("live", () => TypedResults.Ok(new HealthResponse("live"))).WithName("isLive")
            .WithSummary("Show that the process runs")
            .WithDescription("A process that does not answer should be ended and started again.");
        routes.MapGet("ready", Ready)
            .WithName("isReady").WithSummary("Show that the gateway can answer requests: its catalogue is fresh")
            .WithDescription(
                "While it is refused, requests should go to another gateway. The process needs no new start. A gateway that was told to "
                + "stop refuses it first, and answers requests for a while yet.")
            .Refuses(503);
    }

    private static Results<Ok<HealthResponse>, ProblemResult> Ready(CatalogueCache catalogue, Drain drain) =>
        catalogue.IsFresh && !drain.IsDraining ? TypedResults.Ok(new HealthResponse("ready")) : new ProblemResult(Problem.Unavailable);
}

/// <summary>The health of the process.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
internal sealed record HealthResponse(string Status);
