namespace Scoring.Client;

/// <summary>A page of a history as an auditor reads it.</summary>
/// <param name="Case">The audit case.</param>
/// <param name="Day">The day of the score.</param>
/// <param name="LastTurn">The last turn of the history.</param>
/// <param name="Entries">The page's entries in ascending turns.</param>
/// <param name="After">The value of <c>after</c> for the next page; <see langword="null"/> at the end.</param>
/// <param name="Explanation">The explained score; on the first page only.</param>
/// <param name="Days">The score after each day; on the first page only.</param>
public sealed record AuditedHistoryPage(
    AuditCase Case, DateOnly Day, long LastTurn, IReadOnlyList<AuditedHistoryEntry> Entries, long? After, Explanation? Explanation = null,
    IReadOnlyList<DayScore>? Days = null);

/// <summary>An entry of a history.</summary>
/// <param name="Turn">The entry's turn.</param>
/// <param name="Kind">What the entry records.</param>
/// <param name="Day">The entry's day, in the programme's zone.</param>
/// <param name="Body">The entry's body, exactly the text that is hashed.</param>
/// <param name="Contribution">What the event contributes; <see langword="null"/> for an entry that is not an event.</param>
public sealed record AuditedHistoryEntry(long Turn, EntryKind Kind, DateOnly Day, string Body, AuditedContribution? Contribution);

/// <summary>What an event contributes.</summary>
/// <param name="Type">The event's type.</param>
/// <param name="Standing">Its status on the day of the score: <c>counts</c>, <c>harm-suspended</c> or <c>taken-away</c>.</param>
/// <param name="Rules">The points that each rule of its day gives it, before any cap and for every status.</param>
/// <param name="ContestedBy">The turn of the contest, if there is one.</param>
/// <param name="CorrectedBy">The turn of the correction, if there is one.</param>
public sealed record AuditedContribution(
    string Type, string Standing, IReadOnlyList<AuditedRulePoints> Rules, long? ContestedBy, long? CorrectedBy);

/// <summary>The points that a rule gives an event.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Points">The points.</param>
public sealed record AuditedRulePoints(string Rule, long Points);
