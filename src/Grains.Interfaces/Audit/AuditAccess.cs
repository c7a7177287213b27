using System.Collections.Immutable;
using Scoring.Enrolments;
using Scoring.Exports;
using Scoring.Scores;

namespace Scoring.Audit;

/// <summary>The outcome of a request for access. Exactly one member is set.</summary>
/// <param name="Look">The access.</param>
/// <param name="Refusal">Why the request was refused.</param>
[GenerateSerializer, Immutable, Alias("scoring.audit-look-outcome")]
public sealed record AuditAccessOutcome(AuditAccess? Look, AuditRefusal? Refusal);

/// <summary>A recorded access of an auditor, and the history that it gives access to.</summary>
/// <param name="Case">Its case.</param>
/// <param name="Mark">The subject, the last turn, the day and the instant.</param>
/// <param name="Key">The key of its entry. Without that entry the platform answers nothing.</param>
[GenerateSerializer, Immutable, Alias("scoring.audit-look")]
public sealed record AuditAccess(AuditCase Case, ExportMark Mark, Guid Key)
{
    /// <summary>Prints the type alone, since the members lead to a person.</summary>
    public override string ToString() => nameof(AuditAccess);
}

/// <summary>The score of a history that an access gives access to.</summary>
/// <param name="Explanation">The explained score. Its days list no entries.</param>
/// <param name="Days">The score after each day, from the first entry's day on; the latest 1100 by default.</param>
[GenerateSerializer, Immutable, Alias("scoring.audit-value")]
public sealed record AuditValue(Explanation Explanation, ImmutableArray<DayScore> Days);

/// <summary>The score after a day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Score">The score in points.</param>
/// <param name="Tier">Its tier.</param>
[GenerateSerializer, Immutable, Alias("scoring.day-score")]
public sealed record DayScore(DateOnly Day, long Score, string Tier);

/// <summary>A page of a history.</summary>
/// <param name="Entries">The entries, in ascending turns.</param>
/// <param name="After">The next page has the turns above this; <see langword="null"/> at the end.</param>
[GenerateSerializer, Immutable, Alias("scoring.audit-page")]
public sealed record AuditPage(ImmutableArray<AuditedEntry> Entries, long? After);

/// <summary>An entry and what it contributes.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Contribution">Its contribution; <see langword="null"/> when it is no event.</param>
[GenerateSerializer, Immutable, Alias("scoring.audited-entry")]
public sealed record AuditedEntry(HistoryEntry Entry, Contribution? Contribution);

/// <summary>The contribution of an event.</summary>
/// <param name="Type">The event's type.</param>
/// <param name="Standing">Its status on the day of the score: <c>counts</c>, <c>harm-suspended</c> or <c>taken-away</c>.</param>
/// <param name="Rules">The points that each rule of its day gives it, before any cap and for every status.</param>
/// <param name="ContestedBy">The turn of the contest, if there is one.</param>
/// <param name="CorrectedBy">The turn of the correction, if there is one.</param>
[GenerateSerializer, Immutable, Alias("scoring.contribution")]
public sealed record Contribution(
    string Type, string Standing, ImmutableArray<RuleContribution> Rules, long? ContestedBy, long? CorrectedBy);

/// <summary>The points that a rule gives an event.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Points">The points.</param>
[GenerateSerializer, Immutable, Alias("scoring.rule-contribution")]
public sealed record RuleContribution(string Rule, long Points);

/// <summary>The outcome of a request to recompute a score. Exactly one member is set.</summary>
/// <param name="Recomputation">The recomputation.</param>
/// <param name="Refusal">Why the request was refused.</param>
[GenerateSerializer, Immutable, Alias("scoring.recomputation-outcome")]
public sealed record RecomputationOutcome(Recomputation? Recomputation, AuditRefusal? Refusal);

/// <summary>A score that was computed in two independent ways.</summary>
/// <param name="Turn">Both are the fold of the turns below this.</param>
/// <param name="Day">The day of both scores.</param>
/// <param name="Recomputed">The score from the ledger alone, without any snapshot.</param>
/// <param name="Live">The score of the live subject.</param>
/// <param name="Agree">Whether both are equal.</param>
[GenerateSerializer, Immutable, Alias("scoring.recomputation")]
public sealed record Recomputation(long Turn, DateOnly Day, ScoreValue Recomputed, ScoreValue Live, bool Agree);
