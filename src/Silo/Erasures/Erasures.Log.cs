namespace Scoring.Erasures;

internal static partial class ErasuresLog
{
    [LoggerMessage(2211, LogLevel.Error, "Erasures could not be listed outside the database; they stay open until they are: {Exception}")]
    public static partial void NotListed(this ILogger log, string exception);

    [LoggerMessage(2212, LogLevel.Information, "Dropped {Count} old files of the list of erasures")]
    public static partial void Dropped(this ILogger log, int count);

    [LoggerMessage(2213, LogLevel.Warning, "Old files of the list of erasures could not be dropped: {Exception}")]
    public static partial void NotDropped(this ILogger log, string exception);

    [LoggerMessage(2214, LogLevel.Warning, "A restored database: erased {Count} enrolments that the list of {Listed} says have left")]
    public static partial void ErasedAgain(this ILogger log, int count, int listed);

    [LoggerMessage(2215, LogLevel.Warning, "Erasures:Folder is not set: a restored database would bring back whoever has left")]
    public static partial void NoList(this ILogger log);

    [LoggerMessage(2216, LogLevel.Information, "{Count} entries are past their retention and expired")]
    public static partial void Expired(this ILogger log, long count);

    [LoggerMessage(2217, LogLevel.Critical, "The database is another one than before: this silo serves nothing of it and stops")]
    public static partial void Replaced(this ILogger log);
}
