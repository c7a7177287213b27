namespace Scoring.Migrations;

internal static partial class MigratorLog
{
    [LoggerMessage(2111, LogLevel.Information, "Applied migration {Migration}")]
    public static partial void Applied(this ILogger log, string migration);

    [LoggerMessage(2112, LogLevel.Information, "A migration waits for a lock (SQLSTATE {SqlState}): attempt {Attempt} ended")]
    public static partial void Waits(this ILogger log, string sqlState, int attempt);

    [LoggerMessage(2113, LogLevel.Information, "The schema was made, up to migration {Migration}")]
    public static partial void Made(this ILogger log, string migration);
}
