namespace Scoring.Ledger;

internal static partial class LedgerLog
{
    [LoggerMessage(2001, LogLevel.Critical, "Constraint {Constraint} refused a row that was decided under the lock: a defect")]
    public static partial void Conflict(this ILogger log, string constraint);

    [LoggerMessage(2002, LogLevel.Warning, "A statement failed in PostgreSQL: {Exception} {SqlState}")]
    public static partial void Failed(this ILogger log, string exception, string? sqlState);
}
