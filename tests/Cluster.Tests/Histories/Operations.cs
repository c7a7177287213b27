using Scoring.Verify.Scores;

namespace Scoring.Histories;

/// <summary>How a request ended, as its client saw it.</summary>
internal enum Outcome
{
    /// <summary>The platform did what was asked.</summary>
    Done = 1,

    /// <summary>The platform refused the request itself: a status from 400 on, except 429 and 503.</summary>
    Refused = 2,

    /// <summary>The platform had no room or could not reach what it needs: 429 or 503. The request may have been done.</summary>
    Busy = 3,

    /// <summary>No answer came: the connection broke or the client's wait ended. The request may have been done.</summary>
    Unanswered = 4,
}

/// <summary>An event that was sent at least once.</summary>
/// <param name="Key">The key that its entry must have.</param>
/// <param name="Resident">The number of the resident whom it is about.</param>
/// <param name="Counted">Its type, day and attributes.</param>
internal sealed record SentEvent(Guid Key, int Resident, CountedEvent Counted);

/// <summary>One request with a batch of events. Its events have consecutive numbers.</summary>
/// <param name="First">The number of the first event.</param>
/// <param name="Count">How many events the batch has.</param>
/// <param name="Instant">The instant of all its events. A repetition has the same.</param>
/// <param name="From">When the request began, since the start of the history.</param>
/// <param name="To">When it ended.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Status">The status of the answer; 0 for none.</param>
internal sealed record SendOperation(
    long First, int Count, DateTimeOffset Instant, TimeSpan From, TimeSpan To, Outcome Outcome, int Status);

/// <summary>One query of a service.</summary>
/// <param name="Resident">The number of the resident whose grant was used.</param>
/// <param name="From">When the request began, since the start of the history.</param>
/// <param name="To">When it ended.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Status">The status of the answer; 0 for none.</param>
/// <param name="Answer">The answer; <see langword="null"/> unless the outcome is <see cref="Outcome.Done"/>.</param>
internal sealed record QueryOperation(int Resident, TimeSpan From, TimeSpan To, Outcome Outcome, int Status, QueryAnswer? Answer);

/// <summary>What a service was told.</summary>
/// <param name="Reference">The key of the query's entry.</param>
/// <param name="Score">The score.</param>
/// <param name="Tier">The tier.</param>
internal sealed record QueryAnswer(Guid Reference, long Score, string Tier);

/// <summary>One fault.</summary>
/// <param name="Name">The kind of fault.</param>
/// <param name="Target">What it was done to.</param>
/// <param name="From">When it was done, since the start of the history.</param>
/// <param name="To">When its cause was gone.</param>
/// <param name="Staleness">How answers may be behind because of it.</param>
internal sealed record FaultOperation(string Name, string Target, TimeSpan From, TimeSpan To, Staleness Staleness = default);

/// <summary>
/// How answers may be behind because of a fault of clocks. A silo that is ahead records the answer of a window that the others reach later,
/// and the same grant then gets the same answer; a silo that is back finds the answer of a window that is over.
/// </summary>
/// <param name="Max">How far an answer may be behind.</param>
/// <param name="After">How long after the end of the fault. Once more when the windows come that a silo ahead has opened.</param>
internal readonly record struct Staleness(TimeSpan Max, TimeSpan After)
{
    private static readonly TimeSpan ClockSettlesMax = TimeSpan.FromSeconds(3);

    /// <summary>Returns how far an answer may be behind whose query began at an instant.</summary>
    public TimeSpan At(TimeSpan at, TimeSpan from, TimeSpan to) =>
        (from <= at && at <= to + After) || (from + Max - ClockSettlesMax <= at && at <= to + Max + ClockSettlesMax) ? Max : TimeSpan.Zero;
}

/// <summary>The score that a resident saw after the last event.</summary>
/// <param name="Resident">The number of the resident.</param>
/// <param name="Day">The day of the score.</param>
/// <param name="Score">The score.</param>
/// <param name="Tier">The tier.</param>
internal sealed record LastScore(int Resident, DateOnly Day, long Score, string Tier);

/// <summary>One row of the ledger.</summary>
internal sealed record LedgerRow(
    int Partition, long Position, long? Subject, long? Turn, int Kind, Guid? Key, DateOnly? Day, ReadOnlyMemory<byte> Body);
