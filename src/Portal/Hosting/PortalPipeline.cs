using Microsoft.AspNetCore.Antiforgery;
using Scoring.Assets;
using Scoring.Audit;
using Scoring.Editing;
using Scoring.Exports;
using Scoring.Frame;
using Scoring.Health;
using Scoring.Languages;
using Scoring.Linking;
using Scoring.Notices;
using Scoring.Problems;
using Scoring.SignIn;
using Scoring.Verification;

namespace Scoring.Hosting;

/// <summary>The order in which the portal handles a request.</summary>
internal static class PortalPipeline
{
    public static void MapPortal(this WebApplication app, PortalOptions options)
    {
        app.Use(PageSpan.Apply);
        if (options.Origin is { } origin) app.Use((context, next) => UseOrigin(context, next, origin));
        app.Use(PortalHeaders.Apply);
        app.UseProblemPages();
        app.UseRouting();
        app.UseAuthentication();
        app.Use(DraftFormAttribute.Apply);
        app.Use(SessionEnd.Check);
        app.UseAuthorization();
        app.UseAntiforgery();
        app.Use(RefuseForgedForm);
        app.MapAssets();
        app.MapLanguageSwitch();
        app.MapSession();
        app.MapLinking();
        app.MapLive();
        app.MapExport();
        app.MapAuditDownloads();
        app.MapVerifier();
        app.MapGet("/health/live", () => Results.NoContent());
        app.MapGet("/health/ready", (Drain drain) =>
            drain.IsDraining ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.NoContent());
        app.MapRazorComponents<App>();
        app.MapFallback(() => Results.NotFound());
    }

    /// <summary>
    /// Answers a form without the token of its session with a page; the framework would answer with a line of text, or not at all.
    /// </summary>
    private static Task RefuseForgedForm(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false }) return next(context);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    /// <summary>Takes the address that browsers use from the settings: a request's headers have no say in it.</summary>
    private static Task UseOrigin(HttpContext context, RequestDelegate next, Uri origin)
    {
        context.Request.Scheme = origin.Scheme;
        context.Request.Host = origin.IsDefaultPort ? new HostString(origin.Host) : new HostString(origin.Host, origin.Port);
        return next(context);
    }
}
