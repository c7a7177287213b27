using Microsoft.Extensions.Logging;
using Scoring.Ledger;
using Scoring.Programmes;

namespace Scoring.Subjects;

/// <summary>The log messages of subjects. None names a subject.</summary>
internal static partial class SubjectLog
{
    [LoggerMessage(2101, LogLevel.Error, "Programme {Programme}: an entry of kind {Kind} could not be valued and is set aside: {Fault}")]
    public static partial void SetAside(ILogger logger, ProgrammeId programme, EntryKind kind, string? fault);

    [LoggerMessage(2102, LogLevel.Warning, "A snapshot could not be stored: {Exception}")]
    public static partial void SnapshotFailed(ILogger logger, string exception);

    [LoggerMessage(2103, LogLevel.Error, "A snapshot is damaged and ignored; the subject is folded from the ledger")]
    public static partial void SnapshotDamaged(ILogger logger);
}
