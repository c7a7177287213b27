using System.Diagnostics;
using OpenTelemetry;

namespace Scoring.AllowLists;

/// <summary>Applies the list to every span that ends. It must be added before the processor that exports.</summary>
internal sealed class AllowedSpans : BaseProcessor<Activity>
{
    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        // A processor that exports passes over a span that is not recorded.
        if (!SpanAllowList.Apply(data)) data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}
