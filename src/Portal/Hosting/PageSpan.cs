using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Scoring.Hosting;

/// <summary>
/// Gives the span of a request its method, the pattern of its route and its status, where it is traced. The address that was asked for is
/// not on it.
/// </summary>
internal static class PageSpan
{
    /// <summary>The middleware. It is the first one, so that it sees every answer.</summary>
    public static async Task Apply(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        finally
        {
            if (context.Features.Get<IHttpActivityFeature>()?.Activity is { Recorded: true } span) Describe(span, context);
        }
    }

    private static void Describe(Activity span, HttpContext context)
    {
        // The handling of an exception removes the endpoint, and keeps it in a feature.
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        span.SetTag("http.request.method", context.Request.Method).SetTag("http.response.status_code", context.Response.StatusCode);
        if (endpoint is RouteEndpoint { RoutePattern.RawText: { } route }) span.SetTag("http.route", route);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError) span.SetStatus(ActivityStatusCode.Error);
    }
}
