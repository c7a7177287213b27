using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Scoring.Hosting;

/// <summary>
/// Gives the span of a request its method, the pattern of its route and its status, where it is traced. The address that was asked for is
/// not on it. The grain calls of the request continue its trace.
/// </summary>
internal static class RequestSpan
{
    /// <summary>The middleware. It is the first one, so that it sees every answer.</summary>
    public static async Task Apply(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { Recorded: true } span)
        {
            await next(context);
            return;
        }
        CallTrace.Hand(span);
        try
        {
            await next(context);
        }
        finally
        {
            Describe(span, context);
        }
    }

    private static void Describe(Activity span, HttpContext context)
    {
        span.SetTag("http.request.method", context.Request.Method).SetTag("http.response.status_code", context.Response.StatusCode);
        if (MatchedRoute.PatternOf(context) is { } route) span.SetTag("http.route", route);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError) span.SetStatus(ActivityStatusCode.Error);
    }
}
