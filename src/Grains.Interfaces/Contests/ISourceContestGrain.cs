using System.Collections.Immutable;

namespace Scoring.Contests;

/// <summary>
/// What a source is told of contests about its events: key and grounds, nothing else. A reentrant stateless worker with key 0.
/// </summary>
[Alias("scoring.ISourceContestGrain"), GrainInterfaceType("source-contest")]
public interface ISourceContestGrain : IGrainWithIntegerKey
{
    /// <summary>Undecided contests of one source's events, in ascending numbers.</summary>
    /// <param name="source">The source.</param>
    /// <param name="after">Only numbers above this; 0 for all.</param>
    /// <param name="count">How many at most, 1 to 500.</param>
    [Alias("List")]
    Task<SourceContestPage> List(string source, long after, int count);
}

/// <summary>A page of undecided contests of a source's events.</summary>
/// <param name="Contests">In ascending numbers.</param>
/// <param name="After">Ask for numbers above this to go on; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.source-contest-page")]
public sealed record SourceContestPage(ImmutableArray<SourceContest> Contests, long? After);

/// <summary>That an event is contested.</summary>
/// <param name="Number">Ascending in the order in which contests are opened, with gaps.</param>
/// <param name="Key">
/// The event's key, 22 characters of base64url: the first 16 bytes of SHA-256 over the source's and the event's id in UTF-8, each behind
/// its length in four bytes, the highest first.
/// </param>
/// <param name="Grounds">On what grounds, the first first.</param>
[GenerateSerializer, Immutable, Alias("scoring.source-contest")]
public sealed record SourceContest(long Number, string Key, ImmutableArray<ContestGround> Grounds);
