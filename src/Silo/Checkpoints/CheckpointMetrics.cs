using System.Diagnostics.Metrics;
using Scoring.Hosting;

namespace Scoring.Checkpoints;

/// <summary>The metrics of tiles and checkpoints.</summary>
internal static class CheckpointMetrics
{
    public static readonly Counter<long> Leaves =
        ScoringMeter.Counter("scoring.checkpoints.leaves", "{leaf}", "Leaves covered by tiles.");

    public static readonly Counter<long> Made =
        ScoringMeter.Counter("scoring.checkpoints.made", "{checkpoint}", "Checkpoints signed.");

    public static readonly Counter<long> Refused = ScoringMeter.Counter(
        "scoring.checkpoints.refused", "{attempt}", "Checkpoints not signed because the stored logs do not match the last one.");

    public static readonly Gauge<double> Age =
        ScoringMeter.Age("scoring.checkpoints.age", "Time since the newest checkpoint was made, of all silos.");

    public static readonly Gauge<long> Unsealed =
        ScoringMeter.Gauge("scoring.checkpoints.unsealed", "{leaf}", "Leaves that no checkpoint covers yet, of all silos.");
}
