using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Scoring.Pages;

namespace Scoring.Tokens;

/// <summary>
/// Ends a session (OpenID Connect RP-Initiated Logout 1.0). A client that sends the session's ID token ends it at once, with the refresh
/// tokens of that sign-in; otherwise the person is asked first, so that a foreign page cannot sign a person out.
/// </summary>
internal static class LogoutRoutes
{
    private const string Server = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;
    private const string SignedOutPath = "/signed-out";

    public static void MapLogout(this IEndpointRouteBuilder app)
    {
        app.MapMethods(TokenServer.LogoutPath, [HttpMethods.Get, HttpMethods.Post], Logout);
        app.MapGet(SignedOutPath, () => PageResult.Message("Signed out", "You have signed out of the development issuer."));
    }

    private static async Task<IResult> Logout(
        HttpContext context, SignInTokens tokens, IAntiforgery antiforgery, CancellationToken cancellationToken)
    {
        var session = await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        var hint = (await context.AuthenticateAsync(Server)).Principal;
        if (!tokens.IsOf(hint, AuthorizationRoutes.SignedIn(session)) && !await IsConfirmed(context, antiforgery))
            return Ask(antiforgery.GetAndStoreTokens(context), context.GetOpenIddictServerRequest()!);

        if (hint is not null) await tokens.Revoke(hint, cancellationToken);
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.SignOut(new AuthenticationProperties { RedirectUri = SignedOutPath }, [Server]);
    }

    private static async Task<bool> IsConfirmed(HttpContext context, IAntiforgery antiforgery) =>
        HttpMethods.IsPost(context.Request.Method) && await antiforgery.IsRequestValidAsync(context);

    private static IResult Ask(AntiforgeryTokenSet token, OpenIddictRequest request)
    {
        var fields = request.GetParameters().Where(parameter => parameter.Key != token.FormFieldName)
            .Select(parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value ?? ""))
            .Append(KeyValuePair.Create(token.FormFieldName, token.RequestToken ?? ""));
        return PageResult.Form("Sign out?", "An application asks to sign you out.", TokenServer.LogoutPath, "Sign out", fields);
    }
}
