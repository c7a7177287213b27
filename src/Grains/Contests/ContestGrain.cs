using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Scoring.Enrolments;
using Scoring.Programmes;

namespace Scoring.Contests;

/// <summary>See <see cref="IContestGrain"/>.</summary>
[GrainType("contest"), Reentrant, StatelessWorker]
internal sealed class ContestGrain(
    OwnEnrolmentReader enrolments, IContestStore store, CurrentCatalogue catalogue, ProgrammeClock clock, IOptions<ContestOptions> options)
    : Grain, IContestGrain
{
    public Task<ContestOutcome> Open(OwnSubject own, long turn, ContestGround ground)
    {
        var name = OpaqueId.Draw();
        return Step(own, (facts, today) => ContestSteps.Open(facts, name, own.Programme, turn, ground, today, options.Value.Limits),
            (locator, decide) => store.Open(locator, turn, decide, CancellationToken.None));
    }

    public async Task<ImmutableArray<ContestView>?> List(OwnSubject own)
    {
        if (catalogue.Find(own.Programme) is not { } programme || await enrolments.Find(own) is not { } enrolment) return null;
        var today = programme.Day(clock.Now);
        return [.. (await store.OfSubject(enrolment.Subject, CancellationToken.None)).Select(contest => ContestSteps.View(contest, today))];
    }

    public Task<ContestOutcome> AddMaterial(OwnSubject own, string caseId, ContestGround ground) => Step(
        own, (facts, today) => ContestSteps.AddMaterial(facts, ground, today, options.Value.Limits),
        (locator, decide) => OpaqueId.Is(caseId)
            ? store.Change(locator, caseId, decide, CancellationToken.None)
            : Task.FromResult(false));

    /// <summary>Decides a step under the lock and writes it. The current day is read under the lock too.</summary>
    private async Task<ContestOutcome> Step(
        OwnSubject own, Func<ContestFacts, DateOnly, StepDecision> decide, Func<byte[], Func<ContestFacts, ContestStep?>, Task<bool>> write)
    {
        if (catalogue.Find(own.Programme) is not { } programme || enrolments.Locator(own) is not { } locator)
            return new ContestOutcome(null, ContestRefusal.Unknown);
        StepDecision decided = default;
        var exists = await write(locator, facts => (decided = decide(facts, programme.Day(clock.Now))).Step);
        if (!exists) return new ContestOutcome(null, ContestRefusal.Unknown);
        return decided.Contest is { } contest
            ? new ContestOutcome(ContestSteps.View(contest, programme.Day(clock.Now)), null)
            : new ContestOutcome(null, decided.Refusal);
    }
}
