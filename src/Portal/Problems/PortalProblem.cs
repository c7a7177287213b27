using Microsoft.AspNetCore.Http.HttpResults;
using Scoring.Client;
using Scoring.SignIn;

namespace Scoring.Problems;

/// <summary>A page that says why a request was not carried out and what to do.</summary>
/// <param name="Key">Its texts are <c>problem.{key}-title</c> and <c>problem.{key}-text</c>.</param>
/// <param name="Status">The status of the answer.</param>
public sealed record PortalProblem(string Key, int Status)
{
    internal static PortalProblem SessionOver { get; } = new("session-over", StatusCodes.Status401Unauthorized);
    internal static PortalProblem SessionOverKept { get; } = new("session-over-kept", StatusCodes.Status401Unauthorized);
    internal static PortalProblem SignInFailed { get; } = new("sign-in-failed", StatusCodes.Status400BadRequest);
    internal static PortalProblem SessionsFull { get; } = new("sessions-full", StatusCodes.Status503ServiceUnavailable);
    internal static PortalProblem LinkRefused { get; } = new("link-refused", StatusCodes.Status400BadRequest);

    /// <summary>When to try again, in seconds, if the platform has said so.</summary>
    public int? RetryAfterSeconds { get; private init; }

    /// <summary>Whether the page has a button to sign in.</summary>
    public bool AsksToSignIn => Status == StatusCodes.Status401Unauthorized || this == SignInFailed;

    /// <summary>The problem of a status without more.</summary>
    public static PortalProblem OfStatus(int status) => new(
        status switch
        {
            400 => "bad-form",
            403 => "not-your-role",
            404 or 405 => "no-page",
            413 => "form-too-large",
            429 => "too-many-requests",
            503 => "unavailable",
            _ => "internal",
        }, status);

    /// <summary>The problem of an exception that a page did not expect.</summary>
    public static PortalProblem Of(Exception exception) => exception switch
    {
        SessionOverException => SessionOver,
        SessionsFullException => SessionsFull,
        ScoringProblemException { Kind: ProblemKinds.Unauthenticated } => SessionOver,
        ScoringProblemException { Kind: ProblemKinds.AdultsOnly } => new("adults-only", StatusCodes.Status403Forbidden),
        ScoringProblemException { Kind: ProblemKinds.HistoryTooLong } => new("history-too-long", StatusCodes.Status409Conflict),
        ScoringProblemException { Status: var status } problem =>
            OfStatus((int)status is 404 or 403 or 429 or 503 ? (int)status : StatusCodes.Status500InternalServerError)
                with { RetryAfterSeconds = (int?)problem.RetryAfter?.TotalSeconds },
        HttpRequestException or TimeoutException => OfStatus(StatusCodes.Status503ServiceUnavailable),
        BadHttpRequestException bad => OfStatus(bad.StatusCode),
        _ => OfStatus(StatusCodes.Status500InternalServerError),
    };

    /// <summary>The answer.</summary>
    /// <param name="returnTo">Where a sign-in leads back to.</param>
    public IResult Result(string? returnTo = null) => new PortalProblemResult(this, returnTo);

    private sealed class PortalProblemResult(PortalProblem problem, string? returnTo) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            if (problem.RetryAfterSeconds is { } seconds) httpContext.Response.Headers.RetryAfter = $"{seconds}";
            // The page that failed has used the renderer of the request, which renders once, and has set a header that every page adds.
            httpContext.Response.Headers.Remove("blazor-enhanced-nav");
            var services = httpContext.RequestServices;
            await using var scope = services.CreateAsyncScope();
            httpContext.RequestServices = scope.ServiceProvider;
            try
            {
                await Page(httpContext).ExecuteAsync(httpContext);
            }
            finally
            {
                httpContext.RequestServices = services;
            }
        }

        private RazorComponentResult<ProblemPage> Page(HttpContext context) => new(new Dictionary<string, object?>
        {
            [nameof(ProblemPage.Problem)] = problem,
            [nameof(ProblemPage.ReturnTo)] = returnTo ?? (string)context.Request.Path,
        }) { StatusCode = problem.Status, PreventStreamingRendering = true };
    }
}
