using System.Diagnostics;
using Scoring.Hosting;

namespace Scoring.Ledger;

/// <summary>The span of the delivery of a slice: it continues that of the commit which wrote it.</summary>
internal static class DeliverySpan
{
    /// <summary>How many calls to subjects one delivery traces. A slice may have thousands.</summary>
    public const int CallsMax = 16;

    /// <summary>Starts the span; <see langword="null"/> when no commit of the slice is traced.</summary>
    public static Activity? Start(ActivityContext? commit, int rows)
    {
        if (commit is not { } parent || CallTrace.Start("deliver", parent) is not { } span) return null;
        CallTrace.Hand(span);
        return span.SetTag("scoring.rows", rows);
    }
}
