namespace Scoring.Checkpoints;

internal static partial class CheckpointsLog
{
    [LoggerMessage(2701, LogLevel.Information, "Checkpoint {Number} is signed")]
    public static partial void Made(this ILogger log, long number);

    [LoggerMessage(2702, LogLevel.Error, "No checkpoint is signed: {Why} The database may have been changed by hand")]
    public static partial void Refused(this ILogger log, string why);
}
