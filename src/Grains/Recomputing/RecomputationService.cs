using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scoring.Background;
using Scoring.Hosting;
using Scoring.Programmes;

namespace Scoring.Recomputing;

/// <summary>
/// Periodically recomputes a random sample of this silo's live folds from the ledger alone. A fold that differs is counted and logged each
/// time it is drawn. It is not repaired, because a defect that is repaired silently is never found.
/// </summary>
internal sealed partial class RecomputationService(
    FoldSampler sampler, FoldVerifier verifier, IOptions<RecomputationOptions> options, BackgroundStepRunner steps,
    ILogger<RecomputationService> log) : BackgroundService
{
    /// <summary>Takes one sample. Returns the number of folds that were compared and the number of those that differ.</summary>
    internal async Task<(int Checked, int Mismatches)> Sample(CancellationToken cancellationToken)
    {
        var compared = 0;
        var mismatches = 0;
        for (var n = 0; n < options.Value.SampleFolds; n++)
        {
            if (await sampler.CopyRandom(cancellationToken) is not { } copy) continue;
            var verdict = await verifier.Check(copy, cancellationToken);
            if (verdict == FoldVerdict.PassedOver) continue;
            compared++;
            GrainMetrics.Recomputed.Add(1);
            if (verdict == FoldVerdict.Same) continue;
            mismatches++;
            GrainMetrics.Mismatches.Add(1);
            LogMismatch(log, copy.Programme);
        }
        return (compared, mismatches);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => steps.Repeat(
        new BackgroundSchedule(TimeSpan.FromSeconds(options.Value.SampleSeconds), new BackgroundStep("recomputation", Sample))
        {
            StartsWithPause = true,
        },
        stoppingToken);

    [LoggerMessage(2601, LogLevel.Error, "Programme {Programme}: a live fold differs from the fold of the ledger; it is not repaired")]
    private static partial void LogMismatch(ILogger logger, ProgrammeId programme);
}
