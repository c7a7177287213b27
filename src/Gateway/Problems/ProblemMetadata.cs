namespace Scoring.Problems;

/// <summary>Declares the problem statuses of a route for the OpenAPI document.</summary>
internal static class ProblemMetadata
{
    /// <summary>Adds the statuses to the route, each with problem details as its body.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses) route.Produces<ProblemDocument>(status, "application/problem+json");
        return route;
    }
}
