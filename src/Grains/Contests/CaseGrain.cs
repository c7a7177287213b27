using Orleans.Concurrency;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Scores;

namespace Scoring.Contests;

/// <summary>See <see cref="ICaseGrain"/>.</summary>
[GrainType("case"), Reentrant, StatelessWorker]
internal sealed class CaseGrain(
    IContestStore store, ReviewerIndependence independence, CurrentRuleBook ruleBook, CurrentCatalogue catalogue, ProgrammeClock clock)
    : Grain, ICaseGrain
{
    private const int CountMax = 500;

    public async Task<CasePage> List(CasePlace? after, int count)
    {
        var taken = Math.Clamp(count, 1, CountMax);
        var rows = await store.Undecided(after, taken + 1, CancellationToken.None);
        return new CasePage(
            [.. rows.Take(taken).Select(contest => new CaseView(
                contest.Case, contest.Programme, contest.Grounds, contest.OpenedOn, contest.DueOn))],
            rows.Count > taken ? new CasePlace(rows[taken - 1].DueOn, rows[taken - 1].Number) : null);
    }

    public async Task<CaseFileOutcome> OpenFile(CaseReviewer reviewer, string caseId)
    {
        if (!OpaqueId.Is(caseId) || await store.Find(caseId, CancellationToken.None) is not { } found)
            return Refused(ContestRefusal.Unknown);
        if (!await independence.Holds(reviewer, found, Today(found))) return Refused(ContestRefusal.NotIndependent);
        if (found.Contest.Verdict is not null) return Refused(ContestRefusal.DecidedAlready);
        // Compose the file before the access is recorded: the answer is what was recorded, and no access is recorded for a failure.
        var file = CaseFileBuilder.Compose(found, ruleBook.Current.Find(found.Contest.Programme) ?? throw new RuleBookStaleException());
        StoredContest? accessed = null;
        var exists = await store.Judge(
            caseId,
            facts =>
            {
                accessed = facts.Contest!.Verdict is null ? facts.Contest : null;
                return accessed is null
                    ? null
                    : new ContestStep(accessed, [ContestEntries.AccessRecorded(RandomKey.Next(), caseId, clock.Now, Today(found))]);
            },
            CancellationToken.None);
        if (!exists) return Refused(ContestRefusal.Unknown);
        return accessed is null
            ? Refused(ContestRefusal.DecidedAlready)
            : new CaseFileOutcome(file with { Grounds = accessed.Grounds, DueOn = accessed.DueOn }, null);

        static CaseFileOutcome Refused(ContestRefusal refusal) => new(null, refusal);
    }

    public async Task<DecisionOutcome> Decide(CaseReviewer reviewer, string caseId, bool upheld, ContestReason reason)
    {
        if (!ContestSteps.Fits(upheld, reason)) return Refused(ContestRefusal.ReasonDoesNotFit);
        if (!OpaqueId.Is(caseId) || await store.Find(caseId, CancellationToken.None) is not { } found)
            return Refused(ContestRefusal.Unknown);
        if (!await independence.Holds(reviewer, found, Today(found))) return Refused(ContestRefusal.NotIndependent);
        StepDecision decided = default;
        var exists = await store.Judge(
            caseId,
            facts => (decided = ContestSteps.Judge(
                facts, RandomKey.Next(), reviewer.Name, upheld, reason, Today(found), clock.Now)).Step,
            CancellationToken.None);
        if (!exists) return Refused(ContestRefusal.Unknown);
        return decided.Contest?.Verdict is { } verdict
            ? new DecisionOutcome(new DecisionView(caseId, verdict.Upheld, verdict.Reason, verdict.On), null)
            : Refused(decided.Refusal ?? ContestRefusal.Unknown);

        static DecisionOutcome Refused(ContestRefusal refusal) => new(null, refusal);
    }

    private DateOnly Today(FoundCase found) =>
        (catalogue.Find(found.Contest.Programme) ?? throw new RuleBookStaleException()).Day(clock.Now);
}
