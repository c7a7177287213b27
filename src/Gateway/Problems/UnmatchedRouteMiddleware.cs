namespace Scoring.Problems;

/// <summary>
/// Answers requests that no route matches before a token is required: 404 for an unknown address, 405 and 415 as routing sets them.
/// </summary>
internal static class UnmatchedRouteMiddleware
{
    /// <summary>Adds the middleware. Call it after routing and before authentication.</summary>
    public static IApplicationBuilder UseUnmatchedRoutes(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null) await new ProblemResult(Problem.NotFound).ExecuteAsync(context);
        else if (endpoint is RouteEndpoint) await next(context);
        else await (endpoint.RequestDelegate?.Invoke(context) ?? Task.CompletedTask); // routing's own 405 and 415 are not RouteEndpoints
    });
}
