using System.Collections.Immutable;
using Scoring.Ledger;
using Scoring.Scores;

namespace Scoring.Enrolments;

/// <summary>A page of one's own entries.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="Below">Ask for turns below this to go on; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.history-page")]
public sealed record HistoryPage(ImmutableArray<HistoryEntry> Entries, long? Below);

/// <summary>One's own entry.</summary>
/// <param name="Turn">Its turn.</param>
/// <param name="Kind">What it records.</param>
/// <param name="Day">Its day.</param>
/// <param name="Body">Canonical JSON in UTF-8.</param>
[GenerateSerializer, Immutable, Alias("scoring.history-entry")]
public sealed record HistoryEntry(long Turn, EntryKind Kind, DateOnly Day, byte[] Body);

/// <summary>A page of looks at one's own entries.</summary>
/// <param name="Looks">Newest first.</param>
/// <param name="Below">Ask for turns below this to go on; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.looks-page")]
public sealed record AccessPage(ImmutableArray<AccessView> Looks, long? Below)
{
    /// <summary>The longest page.</summary>
    public const int CountMax = 100;
}

/// <summary>A look by someone else. Who looked is told in today's words; who is registered no more, by their id alone.</summary>
/// <param name="Turn">The entry's turn.</param>
/// <param name="Kind"><c>queried</c> for a service's query, <c>looked</c> for any other access.</param>
/// <param name="Day">The entry's day, in the programme's zone.</param>
/// <param name="At">The instant, to the second.</param>
/// <param name="Service">The service's id; <see langword="null"/> for anyone else.</param>
/// <param name="LegalEntity">Its full legal name; for an administrator the programme's controller.</param>
/// <param name="Purpose">Why it asks; <c>contest</c> for an administrator.</param>
/// <param name="Contact">Where a person reaches it.</param>
/// <param name="Reference">The answer's reference, as the service has it.</param>
/// <param name="Answer">
/// What the service was told: the fold of exactly the turns below, on the entry's day. <see langword="null"/> for anyone else, and when
/// the ledger no longer holds every turn below.
/// </param>
[GenerateSerializer, Immutable, Alias("scoring.look-view")]
public sealed record AccessView(
    long Turn, EntryKind Kind, DateOnly Day, DateTimeOffset? At, string? Service, string? LegalEntity, string? Purpose, string? Contact,
    string? Reference, ScoreValue? Answer)
{
    /// <summary>As what somebody looked who is no service: <c>administrator</c>. They saw the one event that the case is about.</summary>
    [Id(0)]
    public string? By { get; init; }

    /// <summary>The contest for which an administrator looked.</summary>
    [Id(1)]
    public string? Case { get; init; }
}
