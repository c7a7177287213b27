namespace Scoring.Problems;

internal sealed partial class UnhandledExceptionHandler
{
    // The exception's message is not logged: it may contain data of the request.
    [LoggerMessage(4201, LogLevel.Warning, "The platform behind the gateway is not available: {Kind}")]
    private static partial void LogUnavailable(ILogger logger, string kind);

    [LoggerMessage(4202, LogLevel.Error, "A request failed with an unexpected exception: {Kind} {Trace}")]
    private static partial void LogUnhandledException(ILogger logger, string kind, string? trace);
}
