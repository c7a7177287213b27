using Scoring.Enrolments;
using Scoring.Hosting;

namespace Scoring.Grants;

/// <summary>
/// Gives a participant's grants. A reentrant stateless worker with key 0; it keeps no state. It is a separate interface so that, during a
/// rolling upgrade, no silo of an older version takes a grant with a number of uses for one without.
/// </summary>
[Alias("scoring.IGrantGrain"), GrainInterfaceType("grant")]
public interface IGrantGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Lets a service of the programme query a subject, until the grant is revoked, ends or is used up. Only the answer holds the token.
    /// </summary>
    /// <param name="own">The participant's subject.</param>
    /// <param name="request">The service, the end and the number of uses.</param>
    [Alias("Give"), AnySilo]
    Task<GrantOutcome> Give(OwnSubject own, GrantRequest request);
}

/// <summary>A request for a grant: a permission for one service to query one subject.</summary>
/// <param name="Service">The id of a service registered for the programme.</param>
/// <param name="Until">The instant at which the grant ends, in the future; absent for none.</param>
/// <param name="Uses">
/// The number of queries that it allows, 1 to 1,000,000; absent for any number. A repeated query within an answer's validity gets that
/// answer and does not count.
/// </param>
[GenerateSerializer, Immutable, Alias("scoring.grant-wish")]
public sealed record GrantRequest(string Service, DateTimeOffset? Until = null, int? Uses = null)
{
    /// <summary>The greatest number of uses.</summary>
    public const int UsesMax = 1_000_000;

    /// <summary>Tells whether the number of uses, if there is one, is in its range.</summary>
    public bool HasUsesInRange() => Uses is null or (>= 1 and <= UsesMax);
}
