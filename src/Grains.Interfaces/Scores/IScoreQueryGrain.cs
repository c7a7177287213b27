namespace Scoring.Scores;

/// <summary>Where services ask. A reentrant stateless worker with key 0; it keeps nothing.</summary>
[Alias("scoring.IScoreQueryGrain"), GrainInterfaceType("score-query")]
public interface IScoreQueryGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// The answer to <paramref name="service"/> for the bearer of <paramref name="grant"/>. The look is an entry of the subject before
    /// this returns. Whoever the grant does not lead to gets the neutral answer, by the same road.
    /// </summary>
    /// <param name="service">The registered service, from its token.</param>
    /// <param name="grant">What the participant handed to the service.</param>
    [Alias("Ask")]
    Task<QueryOutcome> Ask(string service, string grant);
}

/// <summary>What became of a question. Exactly one member is set.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Refusal">Why the service itself is refused; depends on the service alone, never on the grant.</param>
/// <param name="RetryAfter">No entry could be written, so there is no answer; ask again after this long.</param>
[GenerateSerializer, Immutable, Alias("scoring.ask-outcome")]
public sealed record QueryOutcome(ScoreAnswer? Answer, QueryRefusal? Refusal, TimeSpan? RetryAfter);

/// <summary>Why a service may not ask at all.</summary>
public enum QueryRefusal
{
    /// <summary>No such service is registered, or its registration has run out.</summary>
    ServiceNotRegistered = 1,
}
