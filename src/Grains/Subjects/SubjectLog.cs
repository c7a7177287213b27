using Microsoft.Extensions.Logging;

namespace Scoring.Subjects;

/// <summary>The log messages of subjects. None names a subject.</summary>
internal static partial class SubjectLog
{
    [LoggerMessage(2102, LogLevel.Warning, "A snapshot could not be stored: {Exception}")]
    public static partial void SnapshotFailed(ILogger logger, string exception);

    [LoggerMessage(2103, LogLevel.Error, "A snapshot is damaged and ignored; the subject is folded from the ledger")]
    public static partial void SnapshotDamaged(ILogger logger);
}
