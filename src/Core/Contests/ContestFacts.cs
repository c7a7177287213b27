using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Enrolments;

namespace Scoring.Contests;

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
public sealed record ContestStep(StoredContest Contest, ImmutableArray<EntryToAppend> Entries, NewAdminAction? Act = null);
