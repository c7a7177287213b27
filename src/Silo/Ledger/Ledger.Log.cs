namespace Scoring.Ledger;

internal static partial class LedgerLog
{
    [LoggerMessage(2001, LogLevel.Critical, "The ledger refused a row by {Constraint} although it was decided under the lock")]
    public static partial void Conflict(this ILogger log, string constraint);

    [LoggerMessage(2002, LogLevel.Warning, "PostgreSQL failed a statement: {Exception} {SqlState}")]
    public static partial void Failed(this ILogger log, string exception, string? sqlState);

    [LoggerMessage(2004, LogLevel.Warning, "The heads could not be read: {Exception}")]
    public static partial void PollFailed(this ILogger log, string exception);
}
