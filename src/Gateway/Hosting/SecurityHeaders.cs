namespace Scoring.Hosting;

/// <summary>Adds security and cache headers to every answer.</summary>
internal static class SecurityHeaders
{
    private const string Api = "default-src 'none'; frame-ancestors 'none'";

    // The documentation page has inline scripts and styles. It loads nothing from another host.
    private const string Docs =
        "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>
    /// Adds the headers when the answer starts, because the exception handler clears the headers that were set before.
    /// </summary>
    public static Task Apply(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(
            static state =>
            {
                var context = (HttpContext)state;
                var headers = context.Response.Headers;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
                headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/docs") ? Docs : Api;
                if (IsImmutable(context)) headers.CacheControl = "public, max-age=31536000, immutable";
                else if (!context.Request.Path.StartsWithSegments("/docs")) headers.CacheControl = "no-store";
                return Task.CompletedTask;
            },
            context);
        return next(context);
    }

    private static bool IsImmutable(HttpContext context) =>
        context.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified
        && context.GetEndpoint()?.Metadata.GetMetadata<ImmutableResponseMetadata>() is not null;
}

/// <summary>
/// Marks a route whose successful answers are public and never change, so that caches may keep them. Its refusals are not kept.
/// </summary>
internal sealed class ImmutableResponseMetadata;
