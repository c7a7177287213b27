using System.Collections.Immutable;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Contests;

/// <summary>A contest as the store holds it.</summary>
/// <param name="Case">The random name of the case, 22 characters of base64url.</param>
/// <param name="Programme">The subject's programme.</param>
/// <param name="Turn">The contested event's turn.</param>
/// <param name="Key">The event's key.</param>
/// <param name="Source">The event's source.</param>
/// <param name="Grounds">The ground, and a second one when the participant gave a further ground.</param>
/// <param name="OpenedOn">The day on which it was opened, in the programme's zone.</param>
/// <param name="DueOn">The last day on which a rejection counts.</param>
/// <param name="Verdict">The decision; <see langword="null"/> while the contest is undecided.</param>
public sealed record StoredContest(
    string Case, ProgrammeId Programme, long Turn, Guid Key, string Source, ImmutableArray<ContestGround> Grounds, DateOnly OpenedOn,
    DateOnly DueOn, Verdict? Verdict)
{
    /// <summary>The number that the store assigns when the contest is opened; 0 before.</summary>
    public long Number { get; init; }
}

/// <summary>The decision of a contest.</summary>
/// <param name="Upheld">Whether the participant was right.</param>
/// <param name="Reason">The reason.</param>
/// <param name="On">The day of the decision, in the programme's zone.</param>
/// <param name="Key">The key of its entry, derived from case, decision and administrator, which identifies a repeated call.</param>
public sealed record Verdict(bool Upheld, ContestReason Reason, DateOnly On, Guid Key);

/// <summary>A contested event as the ledger holds it.</summary>
/// <param name="Key">The key, derived from the event's source and id.</param>
/// <param name="Day">The event's day.</param>
/// <param name="Body">The event's body, canonical JSON in UTF-8.</param>
public sealed record ContestedEvent(Guid Key, DateOnly Day, byte[] Body);

/// <summary>An undecided contest with what decides who may judge it, and nothing else of its event.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Contest">The contest.</param>
/// <param name="EventDay">The contested event's day.</param>
public sealed record WaitingCase(SubjectId Subject, StoredContest Contest, DateOnly EventDay);

/// <summary>A case that was read without a lock. The subject and the event of a case never change; the contest may.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Contest">The contest.</param>
/// <param name="Event">The contested event.</param>
public sealed record FoundCase(SubjectId Subject, StoredContest Contest, ContestedEvent Event);
