using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Pages;
using Scoring.People;
using Scoring.Tokens;

namespace Scoring.SignIn;

/// <summary>Shows the people and signs in the one that was chosen. It leads back to the authorization endpoint and nowhere else.</summary>
internal static class SignInRoutes
{
    public const string Path = "/sign-in";
    public const string ReturnUrl = "return_url";
    public const string Chosen = "person";

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, Show);
        app.MapPost(Path, SignIn);
    }

    /// <summary>Returns the address of the sign-in page.</summary>
    /// <param name="returnUrl">The authorization request to continue with.</param>
    public static string PathTo(string returnUrl) => Path + new QueryBuilder { { ReturnUrl, returnUrl } };

    private static IResult Show(HttpContext context, IAntiforgery antiforgery)
    {
        if (context.Request.Query[ReturnUrl] is not [{ } returnUrl] || !IsAuthorization(returnUrl)) return ForeignReturn();
        var token = antiforgery.GetAndStoreTokens(context);
        return new RazorComponentResult<SignInPage>(new Dictionary<string, object?>
        {
            [nameof(SignInPage.ReturnUrl)] = returnUrl,
            [nameof(SignInPage.TokenName)] = token.FormFieldName,
            [nameof(SignInPage.Token)] = token.RequestToken,
        });
    }

    private static async Task<IResult> SignIn(HttpContext context, IAntiforgery antiforgery, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
            return PageResult.Refused("The form did not come from this page, or the page is too old. Go back to the application.");
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (form[ReturnUrl] is not [{ } returnUrl] || !IsAuthorization(returnUrl)) return ForeignReturn();
        if (form[Chosen] is not [{ } id] || MadeUpPeople.Find(id) is not { } person) return PageResult.Refused("There is no such person.");
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, person.Id)], CookieAuthenticationDefaults.AuthenticationScheme);
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity));
        return Results.LocalRedirect(returnUrl);
    }

    private static bool IsAuthorization(string url) => url.StartsWith(TokenServer.AuthorizePath + "?", StringComparison.Ordinal);

    private static IResult ForeignReturn() => PageResult.Refused("The page must be opened by an application. Start there.");
}
