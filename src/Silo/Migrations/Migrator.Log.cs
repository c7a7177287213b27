namespace Scoring.Migrations;

internal static partial class MigratorLog
{
    [LoggerMessage(2111, LogLevel.Information, "Applied migration {Migration}")]
    public static partial void Applied(this ILogger log, string migration);
}
