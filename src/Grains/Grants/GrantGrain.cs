using Orleans.Concurrency;
using Scoring.Enrolments;

namespace Scoring.Grants;

/// <summary>See <see cref="IGrantGrain"/>.</summary>
[GrainType("grant"), Reentrant, StatelessWorker]
internal sealed class GrantGrain(Giving giving) : Grain, IGrantGrain
{
    public Task<GrantOutcome> Give(OwnSubject own, GrantWish wish) => giving.Give(own, wish);
}
