using System.Globalization;
using Scoring.Verify.Scores;

namespace Scoring.Histories;

/// <summary>
/// Compares the ledger with a history. Every acknowledged event must be there once, under its resident, as it was sent. An event without
/// an acknowledgement may be there once. Turns and positions must have no gap. Each answer must equal the fold of the turns below its own,
/// recomputed without the platform's code, and must not miss what was acknowledged before its query began.
/// </summary>
/// <param name="history">What the clients did and saw.</param>
/// <param name="scoreOf">Creates the recomputed score of one subject.</param>
/// <param name="staleMax">How long the same grant may get the same answer. Faults of clocks allow more.</param>
internal sealed class Checker(History history, Func<RunningScore> scoreOf, TimeSpan staleMax)
{
    private readonly MismatchList _mismatches = new();
    private readonly Dictionary<Guid, EventState> _events = [];
    private readonly Dictionary<Guid, QueryState> _queries = [];
    private readonly IReadOnlyList<FaultOperation> _faults = history.Faults;
    private readonly Dictionary<int, SubjectCheck> _subjects = [];
    private readonly Dictionary<int, (long Count, long Last)> _partitions = [];
    private long _neutral;

    /// <summary>Checks a run.</summary>
    /// <param name="rows">Every row of the ledger; those of a subject together, in ascending turns.</param>
    /// <param name="lastScores">What the residents saw at the end.</param>
    public CheckResult Check(IEnumerable<LedgerRow> rows, IEnumerable<LastScore> lastScores)
    {
        ReadHistory();
        SubjectCheck? current = null;
        foreach (var row in rows)
        {
            var (count, last) = _partitions.GetValueOrDefault(row.Partition);
            _partitions[row.Partition] = (count + 1, Math.Max(last, row.Position));
            if (row.Subject is not { } subject) continue;
            if (current?.Subject != subject) current = new SubjectCheck(subject, scoreOf(), _mismatches);
            Check(current, row);
        }
        CheckPositions();
        CheckEvents();
        CheckQueries();
        foreach (var last in lastScores) CheckLast(last);
        return new CheckResult(
            _events.Count, _events.Values.LongCount(state => state.AcceptedAt is not null),
            _events.Values.LongCount(state => state.Rows > 0),
            _queries.Values.Sum(state => state.Answered.Count), _neutral, _mismatches.Count, _mismatches.First);
    }

    private void ReadHistory()
    {
        foreach (var send in history.Sends)
        {
            for (var number = send.First; number < send.First + send.Count; number++)
            {
                var sent = history.EventOf(number, send.Instant);
                if (!_events.TryGetValue(sent.Key, out var state)) _events[sent.Key] = state = new EventState(sent);
                if (send.Outcome == Outcome.Done && !(state.AcceptedAt <= send.To)) state.AcceptedAt = send.To;
            }
        }
        foreach (var query in history.Queries)
        {
            if (query.Answer is not { } answer) continue;
            if (!_queries.TryGetValue(answer.Reference, out var state)) _queries[answer.Reference] = state = new QueryState();
            state.Answered.Add(query);
            var fresh = query.From - staleMax - StaleMaxAt(query.From);
            if (!(fresh <= state.HoldsUntil)) state.HoldsUntil = fresh;
        }
    }

    /// <summary>Returns how far an answer may be behind because of the faults around an instant.</summary>
    private TimeSpan StaleMaxAt(TimeSpan at) =>
        _faults.Select(fault => fault.Staleness.At(at, fault.From, fault.To)).DefaultIfEmpty().Max();

    private void Check(SubjectCheck subject, LedgerRow row)
    {
        subject.TakeTurn(row);
        if (row.Kind == EntryKinds.Event)
        {
            if (row.Key is { } key && _events.TryGetValue(key, out var state)) subject.TakeEvent(row, state);
            else _mismatches.Add(row, "holds an event that was not sent");
        }
        else if (row.Kind == EntryKinds.Queried && row.Key is { } reference && _queries.TryGetValue(reference, out var query))
            subject.TakeQuery(row, query);
        if (subject.Resident is not { } resident) return;
        if (!_subjects.TryAdd(resident, subject) && _subjects[resident] != subject)
            _mismatches.Add(row, string.Create(CultureInfo.InvariantCulture, $"makes a second subject of resident {resident}"));
    }

    private void CheckPositions()
    {
        foreach (var (partition, (count, last)) in _partitions)
            if (count != last) _mismatches.Add($"Partition {partition} has {count} rows, and its last position is {last}.");
    }

    private void CheckEvents()
    {
        foreach (var state in _events.Values)
        {
            if (state.AcceptedAt is { } at && state.Rows == 0)
                _mismatches.Add($"The event {state.Sent.Key} of resident {state.Sent.Resident}, acknowledged at {at}, is lost.");
            if (state.Rows > 1)
                _mismatches.Add($"The event {state.Sent.Key} of resident {state.Sent.Resident} is there {state.Rows} times.");
        }
    }

    private void CheckQueries()
    {
        foreach (var (reference, state) in _queries)
            if (state.Rows != 1 && !(state.Rows == 0 && state.Answered.All(IsBeforeItsGrant)))
                _mismatches.Add($"The query {reference} was answered at {state.Answered[0].To} and has {state.Rows} entries.");
    }

    /// <summary>
    /// A silo whose clock is behind takes a grant that was given meanwhile for one that has not begun: the answer is the neutral one, and
    /// nothing is recorded.
    /// </summary>
    private bool IsBeforeItsGrant(QueryOperation query)
    {
        if (StaleMaxAt(query.From) == TimeSpan.Zero) return false;
        var neutral = scoreOf().On(DateOnly.MinValue);
        var isNeutral = (query.Answer!.Score, query.Answer.Tier) == neutral;
        if (isNeutral) _neutral++;
        return isNeutral;
    }

    private void CheckLast(LastScore last)
    {
        var expected = _subjects.TryGetValue(last.Resident, out var subject) ? subject.Score.On(last.Day) : scoreOf().On(last.Day);
        if (expected != (last.Score, last.Tier))
            _mismatches.Add($"Resident {last.Resident} has the score {last.Score} {last.Tier} at the end, {expected} expected.");
    }
}

/// <summary>What became of an event.</summary>
internal sealed class EventState(SentEvent sent)
{
    public SentEvent Sent => sent;

    /// <summary>When it was first acknowledged; <see langword="null"/> when it was not.</summary>
    public TimeSpan? AcceptedAt { get; set; }

    /// <summary>How many rows of the ledger hold it.</summary>
    public int Rows { get; set; }
}

/// <summary>The answers that have the same reference: those of one grant within one window.</summary>
internal sealed class QueryState
{
    public List<QueryOperation> Answered { get; } = [];

    /// <summary>The answers must hold what was acknowledged before this time.</summary>
    public TimeSpan? HoldsUntil { get; set; }

    /// <summary>How many rows of the ledger have the reference.</summary>
    public int Rows { get; set; }
}
