using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scoring.Background;

namespace Scoring.Contests;

/// <summary>Sweeps overdue contests in the background; see <see cref="OverdueContestHandler"/>.</summary>
internal sealed partial class OverdueContestService(
    OverdueContestHandler contests, IOptions<ContestOptions> options, BackgroundStepRunner steps, ILogger<OverdueContestService> log)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => steps.Repeat(
        new BackgroundSchedule(
            TimeSpan.FromSeconds(options.Value.LookSeconds), new BackgroundStep("contests", Sweep) { NeedsTrustedClock = true })
        {
            StartsWithPause = true,
        },
        stoppingToken);

    private async Task Sweep(CancellationToken cancellationToken)
    {
        var upheld = await contests.UpholdAll(cancellationToken);
        if (upheld > 0) LogUpheld(log, upheld);
    }

    [LoggerMessage(2401, LogLevel.Information, "{Count} contests were upheld because they were undecided on their due day")]
    private static partial void LogUpheld(ILogger logger, int count);
}
