using Orleans.Concurrency;
using Orleans.Placement;
using Scoring.Programmes;

namespace Scoring.Scores;

/// <summary>
/// The subject that a grant without a subject asks. There are 256, spread over the silos, so that such a grant waits for a silo as often as
/// an enrolled subject's grant does. Key: 0 to 255.
/// </summary>
[Alias("scoring.IDecoyGrain"), GrainInterfaceType("decoy")]
internal interface IDecoyGrain : IGrainWithIntegerKey
{
    /// <summary>Answers as a subject does that has left.</summary>
    /// <exception cref="RuleBookStaleException">The silo's rule book is older than its limit, as from an enrolled subject.</exception>
    [Alias("ScoreBelow")]
    Task<ScoreValue?> ScoreBelow();
}

/// <summary>See <see cref="IDecoyGrain"/>.</summary>
[GrainType("decoy"), Reentrant, RandomPlacement]
internal sealed class DecoyGrain(CurrentRuleBook ruleBook) : Grain, IDecoyGrain
{
    public Task<ScoreValue?> ScoreBelow()
    {
        _ = ruleBook.Current;
        return Task.FromResult<ScoreValue?>(null);
    }
}
