using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Problems;
using Scoring.Programmes;

namespace Scoring.Hosting;

/// <summary>For whoever keeps the process running.</summary>
internal static class HealthRoutes
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("/health").WithTags("Health").AllowAnonymous().DisableRateLimiting();
        routes.MapGet("live", () => TypedResults.Ok(new HealthResponse("live"))).WithName("isLive").WithSummary("The process runs");
        routes.MapGet("ready", Ready)
            .WithName("isReady").WithSummary("Requests can be answered: the catalogue has been read lately").Refuses(503);
    }

    private static Results<Ok<HealthResponse>, ProblemResult> Ready(CatalogueCache catalogue) =>
        catalogue.IsFresh ? TypedResults.Ok(new HealthResponse("ready")) : new ProblemResult(Problem.Unavailable);
}

/// <summary>How the process is.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
internal sealed record HealthResponse(string Status);
