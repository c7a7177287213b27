using System.Collections.Immutable;
using Scoring.Hosting;

namespace Scoring.Contests;

/// <summary>
/// Tells a source which of its events are contested: key and grounds, nothing else. A reentrant stateless worker with key 0; it keeps no
/// state.
/// </summary>
/// <exception cref="Ledger.LedgerUnavailableException">The ledger cannot be reached (from every member).</exception>
[Alias("scoring.ISourceContestGrain"), GrainInterfaceType("source-contest")]
public interface ISourceContestGrain : IGrainWithIntegerKey
{
    /// <summary>Lists the undecided contests of one source's events, in ascending numbers.</summary>
    /// <param name="source">The source's id.</param>
    /// <param name="after">Only numbers above this; 0 for all.</param>
    /// <param name="count">The greatest number of contests, 1 to 500.</param>
    [Alias("List"), AnySilo]
    Task<SourceContestPage> List(string source, long after, int count);
}

/// <summary>A page of undecided contests of a source's events.</summary>
/// <param name="Contests">The contests, in ascending numbers.</param>
/// <param name="After">The next page has the numbers above this; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.source-contest-page")]
public sealed record SourceContestPage(ImmutableArray<SourceContest> Contests, long? After);

/// <summary>A contested event, as its source sees it.</summary>
/// <param name="Number">The contest's number, ascending in the order in which contests are opened, with gaps.</param>
/// <param name="Key">
/// The event's key, 22 characters of base64url: the first 16 bytes of SHA-256 over the source's and the event's id in UTF-8, each after its
/// length as a big-endian 32-bit integer.
/// </param>
/// <param name="Grounds">The grounds, in the order in which the participant gave them.</param>
[GenerateSerializer, Immutable, Alias("scoring.source-contest")]
public sealed record SourceContest(long Number, string Key, ImmutableArray<ContestGround> Grounds)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(SourceContest);
}
