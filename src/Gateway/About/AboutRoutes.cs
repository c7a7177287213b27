using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Scoring.Problems;

namespace Scoring.About;

/// <summary>The route that says what answers here, for a person or a program that knows the address alone.</summary>
internal static class AboutRoutes
{
    private const string Description =
        "Scores for a smart city's opt-in programmes. A person is scored only after joining, and sees everything.";

    public static void MapAbout(this IEndpointRouteBuilder app) =>
        app.MapGet("/", About).WithName("about").WithTags("About").AllowAnonymous()
            .WithSummary("Show what this is, and where its documentation and its portal are")
            .WithDescription("It needs no token and reads nothing, so it answers also when the platform behind the gateway does not.")
            .Refuses(429, 503);

    private static Ok<AboutResponse> About(IOptions<AboutOptions> options) => TypedResults.Ok(new AboutResponse(
        "Scoring", Description, "/docs", "/openapi/v1.json", options.Value.Portal.Length == 0 ? null : options.Value.Portal));
}

/// <summary>What answers at this address.</summary>
/// <param name="Name">The product's name.</param>
/// <param name="Description">What it is.</param>
/// <param name="Documentation">The page to read and try this API with.</param>
/// <param name="OpenApi">This API as an OpenAPI document.</param>
/// <param name="Portal">The web application for people; <see langword="null"/> when none is configured.</param>
internal sealed record AboutResponse(string Name, string Description, string Documentation, string OpenApi, string? Portal);
