using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Orleans.Runtime;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Scores;

namespace Scoring.Problems;

/// <summary>Turns exceptions into problem details. The answer never contains an exception's text.</summary>
internal sealed partial class UnhandledExceptionHandler(ILogger<UnhandledExceptionHandler> log) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var result = exception switch
        {
            BadHttpRequestException badRequest => OfBadRequest(badRequest),
            HistoryTooLongException => new ProblemResult(Problem.HistoryTooLong),
            _ when IsUnavailability(exception) => new ProblemResult(Problem.Unavailable),
            _ => new ProblemResult(Problem.Internal),
        };
        if (result.Problem == Problem.Unavailable) LogUnavailable(log, exception.GetType().Name);
        if (result.Problem == Problem.Internal) LogUnhandledException(log, exception.GetType().Name, exception.StackTrace);
        await result.ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>Whether the exception means that the platform behind the gateway cannot be reached or has reached a limit.</summary>
    public static bool IsUnavailability(Exception exception) => exception
        is LedgerUnavailableException or RuleBookStaleException or TimeoutException or OperationCanceledException or OrleansException
        // An Orleans client that is not yet connected to its cluster, or is stopping, throws other types.
        || RuntimeFailures.IsOfRuntime(exception);

    private static ProblemResult OfBadRequest(BadHttpRequestException exception)
    {
        if (exception.StatusCode != StatusCodes.Status400BadRequest) return new ProblemResult(Problem.OfStatus(exception.StatusCode));
        return exception.InnerException is JsonException or FormatException
            ? new ProblemResult(Problem.MalformedJson)
            {
                Detail = "The body is not JSON, or a member is missing, unknown, duplicate or of the wrong type.",
            }
            : new ProblemResult(Problem.MalformedRequest);
    }
}
