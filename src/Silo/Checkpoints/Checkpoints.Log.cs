namespace Scoring.Checkpoints;

internal static partial class CheckpointsLog
{
    [LoggerMessage(2701, LogLevel.Information, "Checkpoint {Number} is signed")]
    public static partial void Made(this ILogger log, long number);

    [LoggerMessage(2702, LogLevel.Error, "No checkpoint is signed: {Why} The database may have been changed by hand")]
    public static partial void Refused(this ILogger log, string why);

    [LoggerMessage(2703, LogLevel.Warning, "Building tiles or a checkpoint failed: {Exception} {SqlState}. The silo tries again")]
    public static partial void Failed(this ILogger log, string exception, string? sqlState);
}
