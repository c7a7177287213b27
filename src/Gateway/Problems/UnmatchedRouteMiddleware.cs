namespace Scoring.Problems;

/// <summary>
/// Answers requests that no route matches before a token is required: 404 for an unknown address, 405 and 415 as routing sets them.
/// </summary>
internal static class UnmatchedRouteMiddleware
{
    /// <summary>Adds the middleware. Call it after routing and before authentication.</summary>
    public static IApplicationBuilder UseUnmatchedRoutes(this IApplicationBuilder app) => app.Use(
        (context, next) => context.GetEndpoint() switch
        {
            null => new ProblemResult(Problem.NotFound).ExecuteAsync(context),
            RouteEndpoint => next(context),
            { RequestDelegate: { } answer } => answer(context), // routing's own 405 and 415 are not RouteEndpoints
            _ => Task.CompletedTask,
        });
}
