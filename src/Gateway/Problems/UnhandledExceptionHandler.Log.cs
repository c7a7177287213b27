namespace Scoring.Problems;

internal sealed partial class UnhandledExceptionHandler
{
    // The exception's message is left out: it may hold what the request held.
    [LoggerMessage(1, LogLevel.Warning, "The platform behind the gateway is not available: {Kind}")]
    private static partial void LogUnavailable(ILogger logger, string kind);

    [LoggerMessage(2, LogLevel.Error, "A request ended in a surprise: {Kind} {Trace}")]
    private static partial void LogUnhandledException(ILogger logger, string kind, string? trace);
}
