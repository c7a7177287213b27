using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;

namespace Scoring.Recomputing;

/// <summary>
/// From time to time recomputes some of this silo's live folds, drawn at random, from the ledger alone. A fold that differs is counted and
/// told, each time it is drawn, and left as it is: healed in silence, a defect would never be found.
/// </summary>
internal sealed partial class RecomputationService(
    ActiveFolds folds, FoldVerifier checking, Random random, IOptions<RecomputationOptions> options, TimeProvider machine,
    ILogger<RecomputationService> log) : BackgroundService
{
    /// <summary>A silo too busy to copy a fold within this time is left alone.</summary>
    private static readonly TimeSpan CopyMax = TimeSpan.FromSeconds(10);

    /// <summary>Takes one sample; returns how many folds were compared and how many of them differed.</summary>
    internal async Task<(int Checked, int Mismatches)> Sample(CancellationToken cancellationToken)
    {
        var (compared, mismatches) = (0, 0);
        for (var n = 0; n < options.Value.SampleFolds; n++)
        {
            if (folds.Draw(random) is not { } fold) break;
            if (await fold.Copy().WaitAsync(CopyMax, machine, cancellationToken) is not { } copy) continue;
            var verdict = await checking.Check(copy, cancellationToken);
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.SampleSeconds), machine);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Sample(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // Whatever it is, the next sample is taken: a watch that ends in silence is none.
                LogNotSampled(log, exception.GetType().Name);
            }
        }
    }

    [LoggerMessage(2601, LogLevel.Error, "Programme {Programme}: a live fold is not what its ledger gives; it is left as it is")]
    private static partial void LogMismatch(ILogger logger, ProgrammeId programme);

    [LoggerMessage(2602, LogLevel.Warning, "Live folds could not be recomputed: {Surprise}")]
    private static partial void LogNotSampled(ILogger logger, string surprise);
}
