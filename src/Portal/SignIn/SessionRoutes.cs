using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Scoring.Hosting;

namespace Scoring.SignIn;

/// <summary>Signs in at the provider, and out here and there.</summary>
internal static class SessionRoutes
{
    /// <summary>The path that begins a sign-in.</summary>
    public const string SignInPath = "/sign-in";

    /// <summary>The path that ends the session.</summary>
    public const string SignOutPath = "/sign-out";

    /// <summary>The path that leads a person to the first page of their role.</summary>
    public const string StartPath = "/start";

    public static void MapSession(this IEndpointRouteBuilder app)
    {
        app.MapGet(SignInPath, SignIn);
        app.MapGet(StartPath, (HttpContext context) => Results.LocalRedirect(SignInRoles.HomeOf(context.User)));
        app.MapPost(SignOutPath, SignOut).WithMetadata(new RequireAntiforgeryTokenAttribute());
    }

    /// <summary>Returns the address that signs in and leads back to a page.</summary>
    public static string SignInTo(string address) => $"{SignInPath}?returnTo={Uri.EscapeDataString(address)}";

    private static IResult SignIn(PortalOptions options, HttpContext context, string? returnTo)
    {
        if (options.SignIn.Authority is null) return Results.NotFound();
        var address = LocalAddress.Or(returnTo, "/");
        // To be another person, a person signs out first.
        if (context.User.Identity is { IsAuthenticated: true }) return Results.LocalRedirect(address);
        return Results.Challenge(
            new AuthenticationProperties { RedirectUri = address }, [OpenIdConnectDefaults.AuthenticationScheme]);
    }

    private static IResult SignOut(HttpContext context)
    {
        if (context.User.Identity is not { IsAuthenticated: true }) return Results.LocalRedirect("/signed-out");
        return Results.SignOut(
            new AuthenticationProperties { RedirectUri = "/signed-out" },
            [CookieAuthenticationDefaults.AuthenticationScheme, OpenIdConnectDefaults.AuthenticationScheme]);
    }
}
