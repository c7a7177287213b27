using Scoring.Clients;

namespace Scoring.Pages;

/// <summary>Adds security headers to every answer. Pages have no script and no inline style.</summary>
internal static class PageHeaders
{
    /// <summary>
    /// Adds the headers. Forms lead to the issuer itself and to the origins of its clients: a browser applies the rule to the redirects
    /// that follow a form too.
    /// </summary>
    public static Task Apply(HttpContext context, RequestDelegate next)
    {
        var origins = context.RequestServices.GetRequiredService<ClientRegistry>().Origins
            .Select(origin => " " + origin.GetLeftPart(UriPartial.Authority));
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; "
            + $"form-action 'self'{string.Concat(origins)}; frame-ancestors 'none'; base-uri 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-cache, no-store";
        headers.Pragma = "no-cache";
        return next(context);
    }
}
