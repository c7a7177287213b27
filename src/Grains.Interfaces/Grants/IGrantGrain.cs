using Scoring.Enrolments;

namespace Scoring.Grants;

/// <summary>
/// Where a participant gives grants. A reentrant stateless worker with key 0. An interface of its own, so that while a cluster is upgraded
/// no silo of before takes a number of uses for a grant without one.
/// </summary>
[Alias("scoring.IGrantGrain"), GrainInterfaceType("grant")]
public interface IGrantGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Lets a service of the programme query, until taken back, ended or used up. The token is in the answer and nowhere else.
    /// </summary>
    [Alias("Give")]
    Task<GrantOutcome> Give(OwnSubject own, GrantRequest wish);
}

/// <summary>A wish to let a service ask.</summary>
/// <param name="Service">A service registered for the programme.</param>
/// <param name="Until">An end, in the future; absent for none.</param>
/// <param name="Uses">
/// How many queries the grant permits, 1 to 1,000,000; absent for any number. A query repeated within an answer's validity gets that
/// answer and is not a further use.
/// </param>
[GenerateSerializer, Immutable, Alias("scoring.grant-wish")]
public sealed record GrantRequest(string Service, DateTimeOffset? Until = null, int? Uses = null)
{
    /// <summary>The greatest number of uses.</summary>
    public const int UsesMax = 1_000_000;

    /// <summary>Whether the number of uses, if any, lies in its range.</summary>
    public bool HasUsesInRange() => Uses is null or (>= 1 and <= UsesMax);
}
