using Microsoft.AspNetCore.Authentication;
using Scoring.Problems;

namespace Scoring.SignIn;

/// <summary>Shows a page when a sign-in was refused, cancelled, or did not begin in this browser.</summary>
internal static class SignInFailure
{
    public static Task Show(RemoteFailureContext context)
    {
        context.HandleResponse();
        return PortalProblem.SignInFailed.Result().ExecuteAsync(context.HttpContext);
    }
}
