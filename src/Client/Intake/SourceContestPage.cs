namespace Scoring.Client;

/// <summary>A page of undecided contests of a source's events.</summary>
/// <param name="Contests">The contests, in ascending numbers.</param>
/// <param name="After">The next page has the numbers above this; <see langword="null"/> at the end.</param>
public sealed record SourceContestPage(IReadOnlyList<SourceContest> Contests, long? After);

/// <summary>A contested event, as its source sees it.</summary>
/// <param name="Number">The contest's number, ascending in the order in which contests are opened, with gaps.</param>
/// <param name="Key">
/// The event's key, 22 characters of base64url: the first 16 bytes of SHA-256 over the source's and the event's id in UTF-8, each
/// after its length as a big-endian 32-bit integer.
/// </param>
/// <param name="Grounds">The grounds, in the order in which the participant gave them.</param>
public sealed record SourceContest(long Number, string Key, IReadOnlyList<ContestGround> Grounds);
