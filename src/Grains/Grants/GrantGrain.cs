using Orleans.Concurrency;
using Scoring.Enrolments;

namespace Scoring.Grants;

/// <summary>See <see cref="IGrantGrain"/>.</summary>
[GrainType("grant"), Reentrant, StatelessWorker]
internal sealed class GrantGrain(GrantHandler grants) : Grain, IGrantGrain
{
    public Task<GrantOutcome> Give(OwnSubject own, GrantRequest request) => grants.Give(own, request);
}
