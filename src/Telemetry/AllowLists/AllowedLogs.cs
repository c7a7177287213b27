using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Scoring.AllowLists;

/// <summary>Applies the list to every log record. It must be added before the processor that exports.</summary>
internal sealed class AllowedLogs : BaseProcessor<LogRecord>
{
    /// <inheritdoc/>
    public override void OnEnd(LogRecord data) => LogAllowList.Apply(data);
}
