using System.Collections.Immutable;
using Scoring.Scores;

namespace Scoring.Audit;

/// <summary>A page of a history.</summary>
/// <param name="Case">The audit case.</param>
/// <param name="Day">The day of the score.</param>
/// <param name="LastTurn">The last turn of the history.</param>
/// <param name="Entries">The page's entries in ascending turns.</param>
/// <param name="After">The value of <c>after</c> for the next page; <see langword="null"/> at the end.</param>
/// <param name="Explanation">The explained score; on the first page only.</param>
/// <param name="Days">The score after each day; on the first page only.</param>
internal sealed record HistoryResponse(
    AuditCase Case, DateOnly Day, long LastTurn, ImmutableArray<AuditedEntryResponse> Entries, long? After, Explanation? Explanation,
    ImmutableArray<DayScore>? Days);

/// <summary>An entry of a history.</summary>
/// <param name="Turn">The entry's turn.</param>
/// <param name="Kind">What the entry records.</param>
/// <param name="Day">The entry's day.</param>
/// <param name="Body">The entry's body, exactly the text that is hashed.</param>
/// <param name="Contribution">What the event contributes; <see langword="null"/> for an entry that is not an event.</param>
internal sealed record AuditedEntryResponse(long Turn, string Kind, DateOnly Day, string Body, Contribution? Contribution);
