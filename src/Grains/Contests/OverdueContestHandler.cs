using Microsoft.Extensions.Options;
using Scoring.Ledger;
using Scoring.Programmes;

namespace Scoring.Contests;

/// <summary>
/// Records that overdue contests are upheld. The fold upholds them without this on the day after their due day, so no score waits for it.
/// Afterwards history and record show it. Every silo does this. Under the lock, the second silo finds a contest decided.
/// </summary>
internal sealed class OverdueContestHandler(
    IContestStore store, CurrentCatalogue catalogue, ProgrammeClock clock, IOptions<ContestOptions> options)
{
    /// <summary>Upholds every overdue contest, and forgets contests whose event is gone. Returns the number of contests upheld.</summary>
    public async Task<int> UpholdAll(CancellationToken cancellationToken)
    {
        // Read once, so that a clock that jumps during the sweep makes no contest overdue.
        var now = clock.Now;
        var upheld = 0;
        CasePlace? after = null;
        IReadOnlyList<StoredContest> page;
        do
        {
            page = await store.Undecided(after, options.Value.LookRowsMax, cancellationToken);
            foreach (var contest in page)
                if (IsOverdue(contest, now) && await Uphold(contest, cancellationToken)) upheld++;
            if (page.Count > 0) after = new CasePlace(page[^1].DueOn, page[^1].Number);
        }
        while (page.Count == options.Value.LookRowsMax && page[^1].DueOn < LatestToday(now));
        await store.ForgetGone(cancellationToken);
        return upheld;
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

    /// <summary>A contest in a programme that this silo does not know yet waits for the next sweep.</summary>
    private bool IsOverdue(StoredContest contest, DateTimeOffset now) =>
        catalogue.Find(contest.Programme) is { } programme && contest.DueOn < programme.Day(now);

    /// <summary>The current day of no time zone is later than this.</summary>
    private static DateOnly LatestToday(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime).AddDays(1);
}
