using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Contests;

/// <summary>
/// Contests beside their ledger entries. Every change takes the ledger's road: lock the subject, read, ask <c>decide</c>, write what it
/// says in the same transaction; nothing is written when it says <see langword="null"/>. It may be asked more than once, and only the
/// last answer counts. <see langword="false"/> when there is nobody, or no such case. A contest goes with its subject, and with its event.
/// </summary>
public interface IContestStore
{
    /// <summary>Opens a contest of the event with that turn.</summary>
    Task<bool> Open(byte[] locator, long turn, Func<ContestFacts, ContestStep?> decide, CancellationToken cancel);

    /// <summary>Changes one of the subject's own contests.</summary>
    Task<bool> Change(byte[] locator, string caseId, Func<ContestFacts, ContestStep?> decide, CancellationToken cancel);

    /// <summary>
    /// Changes whoever's contest it is, or looks at it, with partition 0 locked too, so that the step may have a public act.
    /// </summary>
    Task<bool> Judge(string caseId, Func<ContestFacts, ContestStep?> decide, CancellationToken cancel);

    /// <summary>A subject's contests, newest first.</summary>
    Task<IReadOnlyList<StoredContest>> OfSubject(SubjectId subject, CancellationToken cancel);

    /// <summary>A case with its event; <see langword="null"/> when either is not there (any more).</summary>
    Task<FoundCase?> Find(string caseId, CancellationToken cancel);

    /// <summary>Undecided contests behind a place, by due day and number.</summary>
    Task<IReadOnlyList<StoredContest>> Undecided(CasePlace? after, int count, CancellationToken cancel);

    /// <summary>
    /// Undecided contests of a source's events with numbers above one, ascending. None appears below a number that was read.
    /// </summary>
    Task<IReadOnlyList<StoredContest>> UndecidedOf(string source, long after, int count, CancellationToken cancel);

    /// <summary>Forgets contests whose event the ledger holds no longer; a bounded number at a time, going round.</summary>
    Task<int> ForgetGone(CancellationToken cancel);
}

/// <summary>What a step is decided by, read under the lock.</summary>
/// <param name="Contest">The contest of the event, if it was ever contested.</param>
/// <param name="Event">The event; <see langword="null"/> when there is none of that turn, or no longer.</param>
/// <param name="IsCorrected">Whether the event was taken away already.</param>
/// <param name="UndecidedDue">The due days of the subject's undecided contests.</param>
public sealed record ContestFacts(
    StoredContest? Contest, ContestedEvent? Event, bool IsCorrected, ImmutableArray<DateOnly> UndecidedDue);

/// <summary>What is to be written in one transaction.</summary>
/// <param name="Contest">The contest as it is to stand: a new one when there was none.</param>
/// <param name="Entries">Entries of the subject.</param>
/// <param name="Act">A public act; only where partition 0 is locked.</param>
public sealed record ContestStep(StoredContest Contest, ImmutableArray<EntryToAppend> Entries, NewAct? Act = null);

/// <summary>An event as the ledger has it.</summary>
/// <param name="Key">Its key, by which its source knows it.</param>
/// <param name="Day">Its day.</param>
/// <param name="Body">Its body.</param>
public sealed record ContestedEvent(Guid Key, DateOnly Day, byte[] Body);

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

/// <summary>A case as found without a lock. What it says of the event never changes.</summary>
/// <param name="Subject">Whose.</param>
/// <param name="Contest">The contest.</param>
/// <param name="Event">The contested event.</param>
public sealed record FoundCase(SubjectId Subject, StoredContest Contest, ContestedEvent Event);
