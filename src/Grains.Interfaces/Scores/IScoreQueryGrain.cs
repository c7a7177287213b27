using Scoring.Hosting;

namespace Scoring.Scores;

/// <summary>Answers services' queries for scores. A reentrant stateless worker with key 0; it keeps no state.</summary>
[Alias("scoring.IScoreQueryGrain"), GrainInterfaceType("score-query")]
public interface IScoreQueryGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Queries the score of the subject that <paramref name="grant"/> names, for <paramref name="service"/>. The query is an entry of the
    /// subject before this returns. A grant that leads to no subject gets the neutral answer, after the same steps. The same grant within
    /// one validity gets the same answer and makes no further entry.
    /// </summary>
    /// <param name="service">The registered service, from its token.</param>
    /// <param name="grant">The grant token that the participant gave to the service.</param>
    [Alias("Ask"), AnySilo]
    Task<QueryOutcome> Ask(string service, string grant);
}

/// <summary>The outcome of a query. Exactly one member is set.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Refusal">Why the service itself is refused. It depends on the service alone, never on the grant.</param>
/// <param name="RetryAfter">Set when no entry could be written, so there is no answer. The service may query again after this time.</param>
[GenerateSerializer, Immutable, Alias("scoring.ask-outcome")]
public sealed record QueryOutcome(ScoreAnswer? Answer, QueryRefusal? Refusal, TimeSpan? RetryAfter);

/// <summary>Why a service may not query at all.</summary>
public enum QueryRefusal
{
    /// <summary>No such service is registered, or its registration has expired.</summary>
    ServiceNotRegistered = 1,
}
