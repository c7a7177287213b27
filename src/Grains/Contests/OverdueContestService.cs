using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scoring.Ledger;
using Scoring.Scores;

namespace Scoring.Contests;

/// <summary>Sweeps overdue contests in the background; see <see cref="OverdueContestHandler"/>.</summary>
internal sealed partial class OverdueContestService(
    OverdueContestHandler contests, IOptions<ContestOptions> options, TimeProvider machine, ILogger<OverdueContestService> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.LookSeconds), machine);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var upheld = await contests.UpholdAll(stoppingToken);
                if (upheld > 0) LogUpheld(log, upheld);
            }
            catch (Exception exception) when (
                exception is LedgerUnavailableException or RuleBookStaleException && !stoppingToken.IsCancellationRequested)
            {
                LogSweepFailed(log, exception.GetType().Name);
            }
        }
    }

    [LoggerMessage(2401, LogLevel.Information, "{Count} contests were upheld because they were undecided on their due day")]
    private static partial void LogUpheld(ILogger logger, int count);

    [LoggerMessage(2402, LogLevel.Warning, "Overdue contests could not be upheld: {Exception}. The next sweep tries again")]
    private static partial void LogSweepFailed(ILogger logger, string exception);
}
