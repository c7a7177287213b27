namespace Scoring.Problems;

/// <summary>Answers for routing before anyone is asked for a token: what is not there is 404; 405 and 415 stay so.</summary>
internal static class UnmatchedRouteMiddleware
{
    /// <summary>Must stand between routing and authentication.</summary>
    public static IApplicationBuilder UseUnmatchedRoutes(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null) await new ProblemResult(Problem.NotFound).ExecuteAsync(context);
        else if (endpoint is RouteEndpoint) await next(context);
        else await (endpoint.RequestDelegate?.Invoke(context) ?? Task.CompletedTask); // routing's own refusals are no RouteEndpoints
    });
}
