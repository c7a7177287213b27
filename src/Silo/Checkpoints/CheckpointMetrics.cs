using System.Diagnostics.Metrics;
using Scoring.Hosting;

namespace Scoring.Checkpoints;

/// <summary>What the sealer measures.</summary>
internal static class CheckpointMetrics
{
    private static readonly Meter Meter = new(GrainMetrics.MeterName);

    public static readonly Counter<long> Leaves =
        Meter.CreateCounter<long>("scoring.checkpoints.leaves", "{leaf}", "Leaves taken up into tiles.");

    public static readonly Counter<long> Made = Meter.CreateCounter<long>(
        "scoring.checkpoints.made", "{checkpoint}", "Checkpoints signed.");

    public static readonly Counter<long> Refused = Meter.CreateCounter<long>(
        "scoring.checkpoints.refused", "{attempt}", "Times that nothing was signed because what stands there does not fit: must stay 0.");
}
