namespace Scoring.Problems;

/// <summary>Names in the OpenAPI document by which statuses a route refuses.</summary>
internal static class ProblemMetadata
{
    /// <summary>Adds the statuses; what every route shares is added in one place.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses) route.Produces<ProblemDocument>(status, "application/problem+json");
        return route;
    }
}
