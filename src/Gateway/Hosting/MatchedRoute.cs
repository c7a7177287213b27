using Microsoft.AspNetCore.Diagnostics;

namespace Scoring.Hosting;

/// <summary>The route of a request, as metrics and traces name it: by its pattern and never by the address that was asked for.</summary>
internal static class MatchedRoute
{
    /// <summary>Returns the pattern of the route; <see langword="null"/> when none has matched.</summary>
    public static string? PatternOf(HttpContext context)
    {
        // The handling of an exception removes the endpoint, and keeps it in a feature.
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        return (endpoint as RouteEndpoint)?.RoutePattern.RawText;
    }
}
