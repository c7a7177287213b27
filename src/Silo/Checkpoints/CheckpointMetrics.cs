using System.Diagnostics.Metrics;
using Scoring.Hosting;

namespace Scoring.Checkpoints;

/// <summary>The metrics of tiles and checkpoints.</summary>
internal static class CheckpointMetrics
{
    private static readonly Meter Meter = new(GrainMetrics.MeterName);

    public static readonly Counter<long> Leaves =
        Meter.CreateCounter<long>("scoring.checkpoints.leaves", "{leaf}", "Leaves covered by tiles.");

    public static readonly Counter<long> Made = Meter.CreateCounter<long>(
        "scoring.checkpoints.made", "{checkpoint}", "Checkpoints signed.");

    public static readonly Counter<long> Refused = Meter.CreateCounter<long>(
        "scoring.checkpoints.refused", "{attempt}",
        "Checkpoints not signed because the stored logs do not match the last one: must stay 0.");
}
