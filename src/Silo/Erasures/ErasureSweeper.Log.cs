namespace Scoring.Erasures;

internal static partial class ErasureSweeperLog
{
    [LoggerMessage(2201, LogLevel.Warning, "Finished {Count} interrupted withdrawals")]
    public static partial void Finished(this ILogger log, int count);

    [LoggerMessage(2202, LogLevel.Information, "Vacuumed after {Count} withdrawals")]
    public static partial void Vacuumed(this ILogger log, int count);

    [LoggerMessage(2204, LogLevel.Information, "Erased {Count} enrolments of ended programmes")]
    public static partial void Erased(this ILogger log, int count);
}
