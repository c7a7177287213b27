namespace Scoring.Hosting;

/// <summary>Headers that every answer has.</summary>
internal static class SecurityHeaders
{
    private const string Api = "default-src 'none'; frame-ancestors 'none'";

    // The documentation's page has its script and styles in line; it loads nothing from elsewhere.
    private const string Docs =
        "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Adds them when the answer begins, so that an answer begun anew after an exception has them too.</summary>
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
                if (IsFixed(context)) headers.CacheControl = "public, max-age=31536000, immutable";
                else if (!context.Request.Path.StartsWithSegments("/docs")) headers.CacheControl = "no-store";
                return Task.CompletedTask;
            },
            context);
        return next(context);
    }

    private static bool IsFixed(HttpContext context) =>
        context.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified
        && context.GetEndpoint()?.Metadata.GetMetadata<ImmutableResponseMetadata>() is not null;
}

/// <summary>Of a route whose answers, once there, are public and never change: whoever has one may keep it, but no refusal.</summary>
internal sealed class ImmutableResponseMetadata;
