using Orleans.Concurrency;
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
        var found = await store.Undecided(after, taken + 1, CancellationToken.None);
        return new CasePage(
            [.. found.Take(taken).Select(contest => new CaseView(
                contest.Case, contest.Programme, contest.Grounds, contest.OpenedOn, contest.DueOn))],
            found.Count > taken ? new CasePlace(found[taken - 1].DueOn, found[taken - 1].Number) : null);
    }

    public async Task<CaseFileOutcome> OpenFile(CaseReviewer who, string caseId)
    {
        if (await store.Find(caseId, CancellationToken.None) is not { } found) return Refused(ContestRefusal.Unknown);
        if (!await independence.Holds(who, found, Today(found))) return Refused(ContestRefusal.NotIndependent);
        if (found.Contest.Verdict is not null) return Refused(ContestRefusal.DecidedAlready);
        // Composed before it is written: what was looked at is what is answered, and a look that shows nothing is none.
        var file = CaseFileBuilder.Compose(found, ruleBook.Current.Find(found.Contest.Programme) ?? throw new RuleBookStaleException());
        StoredContest? looked = null;
        var isThere = await store.Judge(
            caseId,
            facts =>
            {
                looked = facts.Contest!.Verdict is null ? facts.Contest : null;
                return looked is null
                    ? null
                    : new ContestStep(looked, [ContestEntries.AccessRecorded(RandomKey.Next(), caseId, clock.Now, Today(found))]);
            },
            CancellationToken.None);
        if (!isThere) return Refused(ContestRefusal.Unknown);
        return looked is null
            ? Refused(ContestRefusal.DecidedAlready)
            : new CaseFileOutcome(file with { Grounds = looked.Grounds, DueOn = looked.DueOn }, null);

        static CaseFileOutcome Refused(ContestRefusal refusal) => new(null, refusal);
    }

    public async Task<DecisionOutcome> Decide(CaseReviewer who, string caseId, bool upheld, ContestReason reason)
    {
        if (!ContestSteps.Fits(upheld, reason)) return Refused(ContestRefusal.ReasonDoesNotFit);
        if (await store.Find(caseId, CancellationToken.None) is not { } found) return Refused(ContestRefusal.Unknown);
        if (!await independence.Holds(who, found, Today(found))) return Refused(ContestRefusal.NotIndependent);
        StepDecision decided = default;
        var isThere = await store.Judge(
            caseId,
            facts => (decided = ContestSteps.Judge(
                facts, RandomKey.Next(), who.Name, upheld, reason, Today(found), clock.Now)).Step,
            CancellationToken.None);
        if (!isThere) return Refused(ContestRefusal.Unknown);
        return decided.Contest?.Verdict is { } verdict
            ? new DecisionOutcome(new DecisionView(caseId, verdict.Upheld, verdict.Reason, verdict.On), null)
            : Refused(decided.Refusal ?? ContestRefusal.Unknown);

        static DecisionOutcome Refused(ContestRefusal refusal) => new(null, refusal);
    }

    private DateOnly Today(FoundCase found) =>
        (catalogue.Find(found.Contest.Programme) ?? throw new RuleBookStaleException()).Day(clock.Now);
}
