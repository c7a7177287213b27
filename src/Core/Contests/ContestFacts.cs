using System.Collections.Immutable;
using Scoring.Administration;
using Scoring.Enrolments;

namespace Scoring.Contests;

/// <summary>The facts that decide a step of a contest. The store reads them under the lock of the partition.</summary>
/// <param name="Contest">The contest of the event; <see langword="null"/> when the event was never contested.</param>
/// <param name="Event">The event; <see langword="null"/> when the turn has no event, or its body is erased.</param>
/// <param name="IsCorrected">Whether a correction has already taken the event's effect away.</param>
/// <param name="UndecidedDue">The due days of the subject's undecided contests.</param>
public sealed record ContestFacts(
    StoredContest? Contest, ContestedEvent? Event, bool IsCorrected, ImmutableArray<DateOnly> UndecidedDue);

/// <summary>The writes of one step of a contest, in one transaction.</summary>
/// <param name="Contest">The contest after the step; a new one when there was none.</param>
/// <param name="Entries">The subject's entries to append, in order.</param>
/// <param name="Act">The public action to append; only where the caller locks partition 0.</param>
public sealed record ContestStep(StoredContest Contest, ImmutableArray<EntryToAppend> Entries, NewAdminAction? Act = null);
