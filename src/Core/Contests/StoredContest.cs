using System.Collections.Immutable;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Contests;

/// <summary>A contest as stored.</summary>
/// <param name="Case">Its random name, 22 characters of base64url.</param>
/// <param name="Programme">Its programme.</param>
/// <param name="Turn">The contested event's turn.</param>
/// <param name="Key">The event's key.</param>
/// <param name="Source">The event's source.</param>
/// <param name="Grounds">One ground, and a second one when new material was given.</param>
/// <param name="OpenedOn">When it was opened.</param>
/// <param name="DueOn">The last day on which a rejection counts.</param>
/// <param name="Verdict">The decision; <see langword="null"/> while there is none.</param>
public sealed record StoredContest(
    string Case, ProgrammeId Programme, long Turn, Guid Key, string Source, ImmutableArray<ContestGround> Grounds, DateOnly OpenedOn,
    DateOnly DueOn, Verdict? Verdict)
{
    /// <summary>Given by the store when it is opened; 0 before.</summary>
    public long Number { get; init; }
}

/// <summary>A decision.</summary>
/// <param name="Upheld">Whether the participant was right.</param>
/// <param name="Reason">Why.</param>
/// <param name="On">When.</param>
/// <param name="Key">The key of its entry, derived from case, decision and who made it: the same call again is known by it.</param>
public sealed record Verdict(bool Upheld, ContestReason Reason, DateOnly On, Guid Key);

/// <summary>An event as the ledger has it.</summary>
/// <param name="Key">Its key, by which its source knows it.</param>
/// <param name="Day">Its day.</param>
/// <param name="Body">Its body.</param>
public sealed record ContestedEvent(Guid Key, DateOnly Day, byte[] Body);

/// <summary>A case as found without a lock. What it says of the event never changes.</summary>
/// <param name="Subject">Whose.</param>
/// <param name="Contest">The contest.</param>
/// <param name="Event">The contested event.</param>
public sealed record FoundCase(SubjectId Subject, StoredContest Contest, ContestedEvent Event);
