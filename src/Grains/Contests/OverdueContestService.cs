using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;

namespace Scoring.Contests;

/// <summary>
/// Writes down what the fold has decided without anybody: contests undecided past their due day are upheld. No score waits for it; history
/// and record then show it. Every silo looks; whoever comes second under the lock finds it done.
/// </summary>
internal sealed partial class OverdueContestService(
    IContestStore store, CurrentCatalogue catalogue, ProgrammeClock clock, IOptions<ContestOptions> options, TimeProvider machine,
    ILogger<OverdueContestService> log) : BackgroundService
{
    /// <summary>Looks once; returns how many were written down.</summary>
    internal async Task<int> UpholdAll(CancellationToken cancellationToken)
    {
        var written = 0;
        CasePlace? after = null;
        IReadOnlyList<StoredContest> page;
        do
        {
            page = await store.Undecided(after, options.Value.LookRowsMax, cancellationToken);
            foreach (var contest in page)
                if (IsOverdue(contest) && await Uphold(contest, cancellationToken)) written++;
            if (page.Count > 0) after = new CasePlace(page[^1].DueOn, page[^1].Number);
        }
        while (page.Count == options.Value.LookRowsMax && page[^1].DueOn < LatestToday());
        await store.ForgetGone(cancellationToken);
        return written;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.LookSeconds), machine);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var written = await UpholdAll(stoppingToken);
                if (written > 0) LogUpheld(log, written);
            }
            catch (Exception exception) when (
                exception is LedgerUnavailableException or RuleBookStaleException && !stoppingToken.IsCancellationRequested)
            {
                LogNotLooked(log, exception.GetType().Name);
            }
        }
    }

    private async Task<bool> Uphold(StoredContest contest, CancellationToken cancellationToken)
    {
        var programme = catalogue.Find(contest.Programme)!;
        StepDecision decided = default;
        await store.Judge(
            contest.Case,
            facts => (decided = ContestSteps.Uphold(facts, RandomKey.Next(), programme.Day(clock.Now), clock.Now)).Step,
            cancellationToken);
        return decided.Step is not null;
    }

    /// <summary>One of a programme that this silo does not know yet is left to the next look.</summary>
    private bool IsOverdue(StoredContest contest) =>
        catalogue.Find(contest.Programme) is { } programme && contest.DueOn < programme.Day(clock.Now);

    /// <summary>No zone is a day ahead of this.</summary>
    private DateOnly LatestToday() => DateOnly.FromDateTime(clock.Now.UtcDateTime).AddDays(1);

    [LoggerMessage(2401, LogLevel.Information, "{Count} contests were upheld because nobody had decided them in time")]
    private static partial void LogUpheld(ILogger logger, int count);

    [LoggerMessage(2402, LogLevel.Warning, "Overdue contests could not be looked at: {Surprise}; they are looked at again")]
    private static partial void LogNotLooked(ILogger logger, string surprise);
}
