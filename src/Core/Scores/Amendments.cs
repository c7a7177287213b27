using Scoring.Rules;

namespace Scoring.Scores;

/// <summary>How an event counts on a day.</summary>
internal enum EntryStatus
{
    /// <summary>All its points count.</summary>
    Counts = 0,

    /// <summary>A contest is open: its negative points do not count.</summary>
    HarmSuspended = 1,

    /// <summary>It is corrected, or its contest passed the due day undecided: none of its points count.</summary>
    TakenAway = 2,
}

/// <summary>
/// The corrections and contests of one subject's events. Most subjects have none, so they are kept apart from the points. A correction has
/// already subtracted its event's points from the cells. A contest leaves the cells as they are and excludes points for one asking day.
/// </summary>
internal sealed class Amendments
{
    private readonly List<Contest> _contests = [];
    private readonly List<Correction> _corrections = [];

    /// <summary>The contests that no rejection in time has closed.</summary>
    public IReadOnlyList<Contest> Contests => _contests;

    /// <summary>The corrections in the order of their entries.</summary>
    public IReadOnlyList<Correction> Corrections => _corrections;

    /// <summary>Whether there are neither contests nor corrections.</summary>
    public bool IsEmpty => _contests.Count == 0 && _corrections.Count == 0;

    /// <summary>The earliest day number of an amended event; <see cref="int.MaxValue"/> when there is none.</summary>
    public int OldestDay => _contests.Select(contest => contest.Day).Concat(_corrections.Select(correction => correction.Day))
        .DefaultIfEmpty(int.MaxValue).Min();

    /// <summary>Corrects an event permanently, which closes its contest; <see langword="false"/> when it is corrected already.</summary>
    public bool Correct(long turn, int day)
    {
        if (IsCorrected(turn)) return false;
        _corrections.Add(new Correction(turn, day));
        _contests.RemoveAll(contest => contest.Turn == turn);
        return true;
    }

    /// <summary>Opens a contest. Changes nothing when the event is contested or corrected already.</summary>
    public void Open(Contest contest)
    {
        if (_contests.Exists(other => other.Turn == contest.Turn) || IsCorrected(contest.Turn)) return;
        _contests.Add(contest);
    }

    /// <summary>Moves the due day of an open contest to a later day, once. Changes nothing when the contest is past its due day.</summary>
    /// <param name="turn">The turn of the contested event.</param>
    /// <param name="day">The day of the extension.</param>
    /// <param name="dueDay">The new due day.</param>
    public void Extend(long turn, int day, int dueDay)
    {
        var index = _contests.FindIndex(contest => contest.Turn == turn);
        if (index >= 0 && _contests[index] is { Extended: false } contest && day <= contest.DueDay && dueDay > contest.DueDay)
            _contests[index] = contest with { DueDay = dueDay, Extended = true };
    }

    /// <summary>Closes a contest as rejected. Changes nothing after the due day: the contest is upheld by then.</summary>
    /// <param name="turn">The turn of the contested event.</param>
    /// <param name="day">The day of the decision.</param>
    public void Reject(long turn, int day) => _contests.RemoveAll(contest => contest.Turn == turn && day <= contest.DueDay);

    /// <summary>How an event counts on the asking day.</summary>
    public EntryStatus StatusOf(long turn, int askingDay)
    {
        if (IsCorrected(turn)) return EntryStatus.TakenAway;
        return _contests.Find(contest => contest.Turn == turn)?.StatusOn(askingDay) ?? EntryStatus.Counts;
    }

    /// <summary>The sum of a rule's points of a day that contests exclude on the asking day.</summary>
    public long ExcludedPoints(int day, int rule, int askingDay)
    {
        var excluded = 0L;
        foreach (var contest in _contests)
        {
            if (contest.Day != day) continue;
            foreach (var (number, points) in contest.Points)
                if (number == rule && contest.Excludes(points, askingDay)) excluded += points;
        }
        return excluded;
    }

    /// <summary>Whether an event is corrected.</summary>
    public bool IsCorrected(long turn) => _corrections.Exists(correction => correction.Turn == turn);

    /// <summary>Removes the amendments of events whose day meets the condition.</summary>
    public void Remove(Predicate<int> isExpired)
    {
        _contests.RemoveAll(contest => isExpired(contest.Day));
        _corrections.RemoveAll(correction => isExpired(correction.Day));
    }

    /// <summary>Adds a correction that was saved before.</summary>
    public void Add(Correction correction) => _corrections.Add(correction);

    /// <summary>Adds a contest that was saved before.</summary>
    public void Add(Contest contest) => _contests.Add(contest);
}

/// <summary>A correction: the event counts nothing, permanently.</summary>
/// <param name="Turn">The turn of the corrected event.</param>
/// <param name="Day">The day number of the corrected event.</param>
internal readonly record struct Correction(long Turn, int Day);

/// <summary>A contest that no rejection in time has closed.</summary>
/// <param name="Turn">The turn of the contested event.</param>
/// <param name="Day">The day number of the contested event.</param>
/// <param name="DueDay">The last day number on which a rejection counts.</param>
/// <param name="Points">The points that rules give the event.</param>
internal sealed record Contest(long Turn, int Day, int DueDay, RulePoints[] Points)
{
    /// <summary>Whether the due day has been moved, which is possible once.</summary>
    public bool Extended { get; init; }

    /// <summary>How the event counts: up to the due day its harm is suspended, after it the undecided contest is upheld.</summary>
    public EntryStatus StatusOn(int askingDay) => askingDay <= DueDay ? EntryStatus.HarmSuspended : EntryStatus.TakenAway;

    /// <summary>Whether points of the event do not count on the asking day.</summary>
    public bool Excludes(long points, int askingDay) => points < 0 || StatusOn(askingDay) == EntryStatus.TakenAway;
}
