using Scoring.Hosting;

namespace Scoring.Frame;

/// <summary>Adds security headers to every answer. Pages have no inline script or style, and ask no other place for anything.</summary>
internal static class PortalHeaders
{
    /// <summary>
    /// The policy of the verifier's worker, which is not the page's: it alone may compile WebAssembly. It loads files of the portal and has
    /// no document.
    /// </summary>
    public const string OfVerifier = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    private const string Scripts = "trusted-types 'none'; ";

    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; " + Scripts + "form-action 'self'";

    /// <summary>Lets a page start the verifier's worker: by one policy of trusted types, which allows its address alone.</summary>
    public static void AllowVerifier(HttpContext context) => context.Response.Headers.ContentSecurityPolicy =
        Policy.Replace(Scripts, "trusted-types verifier; worker-src 'self'; ", StringComparison.Ordinal) + SignOutTarget(context);

    public static Task Apply(HttpContext context, RequestDelegate next)
    {
        // The last moment: the page of an exception begins with headers that are empty again.
        context.Response.OnStarting(() =>
        {
            Set(context);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = Policy + SignOutTarget(context);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin"; // without any referrer a browser hides the origin of the portal's own forms
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store"; // the files of the pages are kept
    }

    // A browser applies the rule on forms to the redirects that follow one too, and signing out leads to the provider.
    private static string SignOutTarget(HttpContext context) =>
        context.RequestServices.GetRequiredService<PortalOptions>().SignIn.Authority is { } provider
            ? " " + provider.GetLeftPart(UriPartial.Authority)
            : "";
}
