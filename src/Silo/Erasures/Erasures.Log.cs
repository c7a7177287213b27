namespace Scoring.Erasures;

internal static partial class ErasuresLog
{
    [LoggerMessage(2211, LogLevel.Error, "The erasure list cannot be written: {Exception}. The erasures stay open")]
    public static partial void NotListed(this ILogger log, string exception);

    [LoggerMessage(2212, LogLevel.Information, "Deleted {Count} old files of the erasure list")]
    public static partial void Dropped(this ILogger log, int count);

    [LoggerMessage(2213, LogLevel.Warning, "Old files of the erasure list cannot be deleted: {Exception}")]
    public static partial void NotDropped(this ILogger log, string exception);

    [LoggerMessage(2214, LogLevel.Warning, "The database was restored: erased {Count} enrolments again, of {Listed} in the erasure list")]
    public static partial void ErasedAgain(this ILogger log, int count, int listed);

    [LoggerMessage(2215, LogLevel.Warning, "Erasures:Folder is not set: a restored database would bring withdrawn subjects back")]
    public static partial void NoList(this ILogger log);

    [LoggerMessage(2216, LogLevel.Information, "Expired {Count} entries that are past their retention")]
    public static partial void Expired(this ILogger log, long count);

    [LoggerMessage(2217, LogLevel.Critical, "The database was replaced: this silo serves nothing of it and stops. Restart it")]
    public static partial void Replaced(this ILogger log);

    [LoggerMessage(
        2218, LogLevel.Error,
        "This silo's file of the erasure list was deleted or replaced, so it begins a new one. Put lost files back from a backup")]
    public static partial void FileGone(this ILogger log);
}
