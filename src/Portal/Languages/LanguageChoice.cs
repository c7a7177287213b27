using Microsoft.Net.Http.Headers;

namespace Scoring.Languages;

/// <summary>Chooses the language of a request: the one that was switched to, else the browser's preference.</summary>
internal static class LanguageChoice
{
    private const string Cookie = "portal-language";

    public static Language Of(HttpContext context) =>
        Language.Find(context.Request.Cookies[Cookie]) ?? Preferred(context.Request) ?? Language.All[0];

    /// <summary>Maps the switch: <c>/language/{tag}</c> remembers the choice and leads back to the page.</summary>
    public static void MapLanguageSwitch(this IEndpointRouteBuilder app) => app.MapGet("/language/{tag}", Switch);

    private static IResult Switch(string tag, HttpContext context, string? returnTo = null)
    {
        if (Language.All.FirstOrDefault(language => language.Tag == tag) is not { } chosen) return Results.NotFound();
        context.Response.Cookies.Append(Cookie, chosen.Tag, new CookieOptions
        {
            HttpOnly = true, IsEssential = true, MaxAge = TimeSpan.FromDays(365), SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
        return Results.LocalRedirect(SignIn.LocalAddress.Or(returnTo, "/"));
    }

    private static Language? Preferred(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var list)) return null;
        return list.Where(item => item.Quality is not 0).OrderByDescending(item => item.Quality ?? 1)
            .Select(item => Language.Find(item.Value.ToString())).FirstOrDefault(language => language is not null);
    }
}
