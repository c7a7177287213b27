using System.Globalization;
using Microsoft.Extensions.Options;
using Scoring.Checkpoints;

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
                if (CacheControl(context) is { } cacheControl) headers.CacheControl = cacheControl;
                return Task.CompletedTask;
            },
            context);
        return next(context);
    }

    private static string? CacheControl(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/docs")) return null;
        if (context.Response.StatusCode is not (StatusCodes.Status200OK or StatusCodes.Status304NotModified)) return "no-store";
        var metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<ImmutableResponseMetadata>() is not null) return "public, max-age=31536000, immutable";
        if (metadata?.GetMetadata<CachedProofMetadata>() is null) return "no-store";
        var seconds = context.RequestServices.GetRequiredService<IOptions<ProofCacheOptions>>().Value.CacheSeconds;
        return string.Create(CultureInfo.InvariantCulture, $"public, max-age={seconds}");
    }
}

/// <summary>
/// Marks a route whose successful answers are public and never change, so that caches may keep them. Its refusals are not kept.
/// </summary>
internal sealed class ImmutableResponseMetadata;

/// <summary>
/// Marks a route whose successful answers are public proofs, which caches may keep for <see cref="ProofCacheOptions.CacheSeconds"/>.
/// </summary>
internal sealed class CachedProofMetadata;
