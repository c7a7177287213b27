using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.Extensions;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Scoring.Clients;
using Scoring.People;
using Scoring.SignIn;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Scoring.Tokens;

/// <summary>Answers authorization requests that OpenIddict has checked: client, redirect address, PKCE and scopes.</summary>
internal static class AuthorizationRoutes
{
    private const string Server = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static void MapAuthorization(this IEndpointRouteBuilder app) =>
        app.MapMethods(TokenServer.AuthorizePath, [HttpMethods.Get, HttpMethods.Post], Authorize);

    private static async Task<IResult> Authorize(
        HttpContext context, ClientRegistry clients, PairwiseSubjects subjects, TimeProvider time)
    {
        var request = context.GetOpenIddictServerRequest()!;
        var session = await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        var signedInAt = session.Properties?.IssuedUtc ?? default;
        if (SignedIn(session) is not { } person || MustAskAgain(request, signedInAt, time.GetUtcNow()))
            return request.HasPromptValue(PromptValues.None) ? LoginRequired() : Results.LocalRedirect(SignInRoutes.PathTo(Again(request)));

        var subject = subjects.Of(person, clients.Find(request.ClientId!).Sector);
        return Results.SignIn(
            TokenClaims.Principal(person, subject, request.GetScopes(), signedInAt), properties: null, Server);
    }

    /// <summary>Returns the person of a session, or <see langword="null"/>.</summary>
    public static Person? SignedIn(AuthenticateResult session) => MadeUpPeople.Find(session.Principal?.Identity?.Name);

    private static bool MustAskAgain(OpenIddictRequest request, DateTimeOffset signedInAt, DateTimeOffset now) =>
        request.HasPromptValue(PromptValues.Login) || request.HasPromptValue(PromptValues.SelectAccount)
        || (request.MaxAge is { } seconds && now - signedInAt > TimeSpan.FromSeconds(seconds));

    private static IResult LoginRequired() => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.LoginRequired,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = "The person has not signed in.",
        }),
        [Server]);

    /// <summary>The same request for after the sign-in, which has then been done as <c>prompt</c> and <c>max_age</c> ask.</summary>
    private static string Again(OpenIddictRequest request)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in request.GetParameters())
        {
            if (name is not (Parameters.Prompt or Parameters.MaxAge)) query.Add(name, (string?)value ?? "");
        }
        return TokenServer.AuthorizePath + query;
    }
}
