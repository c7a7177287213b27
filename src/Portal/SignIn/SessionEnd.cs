using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Scoring.Problems;

namespace Scoring.SignIn;

/// <summary>
/// Shows that the session is over when a form is sent after its end, and keeps what was typed. Without it the person would be led to the
/// provider, and the form would be gone.
/// </summary>
internal static class SessionEnd
{
    public static async Task Check(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsPost(context.Request.Method) && context.User.Identity is not { IsAuthenticated: true }
            && context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is not null) await Show(context);
        else await next(context);
    }

    /// <summary>Answers with the page; the form of the request is kept where there is one.</summary>
    public static async Task Show(HttpContext context)
    {
        // The platform may have refused a token of a session that goes on here.
        if (context.User.Identity is { IsAuthenticated: true })
            await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        var isKept = await context.RequestServices.GetRequiredService<KeptForms>().Keep(context);
        var problem = isKept ? PortalProblem.SessionOverKept : PortalProblem.SessionOver;
        await problem.Result(context.Request.Path + context.Request.QueryString).ExecuteAsync(context);
    }
}
