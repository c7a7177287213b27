using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Orleans.Runtime;
using Scoring.Ledger;
using Scoring.Scores;

namespace Scoring.Problems;

/// <summary>Turns exceptions into problem details. No text of an exception leaves.</summary>
internal sealed partial class UnhandledExceptionHandler(ILogger<UnhandledExceptionHandler> log) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var refused = exception switch
        {
            BadHttpRequestException bad => OfBadRequest(bad),
            _ when IsUnavailability(exception) => new ProblemResult(Problem.Unavailable),
            _ => new ProblemResult(Problem.Internal),
        };
        if (refused.Problem == Problem.Unavailable) LogUnavailable(log, exception.GetType().Name);
        if (refused.Problem == Problem.Internal) LogUnhandledException(log, exception.GetType().Name, exception.StackTrace);
        await refused.ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>Whether it says that the platform behind the gateway cannot be reached or is past its limits.</summary>
    public static bool IsUnavailability(Exception exception) => exception
        is LedgerUnavailableException or RuleBookStaleException or TimeoutException or OperationCanceledException or OrleansException
        || (exception is InvalidOperationException or ObjectDisposedException or ArgumentException && IsOfOrleans(exception));

    // A client that has not found its cluster yet, or is leaving it, throws these.
    private static bool IsOfOrleans(Exception exception) =>
        exception.TargetSite?.DeclaringType?.Namespace?.StartsWith("Orleans", StringComparison.Ordinal) == true;

    private static ProblemResult OfBadRequest(BadHttpRequestException bad)
    {
        if (bad.StatusCode != StatusCodes.Status400BadRequest) return new ProblemResult(Problem.OfStatus(bad.StatusCode));
        return bad.InnerException is JsonException or FormatException
            ? new ProblemResult(Problem.MalformedJson)
            {
                Detail = "It is not JSON, or a member is missing, unknown, twice there or of the wrong type.",
            }
            : new ProblemResult(Problem.MalformedRequest);
    }
}
