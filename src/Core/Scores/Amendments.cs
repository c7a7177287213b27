using Scoring.Rules;

namespace Scoring.Scores;

/// <summary>How an entry stands on a day.</summary>
internal enum EntryStatus
{
    Counts = 0,
    HarmSuspended = 1,
    TakenAway = 2,
}

/// <summary>
/// Corrections and contests of one subject's events. Kept apart from the points, because most subjects have none. A correction's points
/// are in the cells already; a contest only tells, for a day, what of them to leave out.
/// </summary>
internal sealed class Amendments
{
    private readonly List<Contest> contests = [];
    private readonly List<Correction> corrections = [];

    public IReadOnlyList<Contest> Contests => contests;

    public IReadOnlyList<Correction> Corrections => corrections;

    public bool IsEmpty => contests.Count == 0 && corrections.Count == 0;

    /// <summary>The earliest day of an event that is spoken of; the greatest number when there is none.</summary>
    public int OldestDay => contests.Select(contest => contest.Day).Concat(corrections.Select(correction => correction.Day))
        .DefaultIfEmpty(int.MaxValue).Min();

    /// <summary>Takes an event away for good; <see langword="false"/> when it was before. Its contest, if any, is closed by this.</summary>
    public bool Correct(long turn, int day)
    {
        if (corrections.Exists(correction => correction.Turn == turn)) return false;
        corrections.Add(new Correction(turn, day));
        contests.RemoveAll(contest => contest.Turn == turn);
        return true;
    }

    /// <summary>Opens a contest, unless the event is contested or corrected already: the first stands.</summary>
    public void Open(Contest contest)
    {
        if (contests.Exists(other => other.Turn == contest.Turn)) return;
        if (corrections.Exists(correction => correction.Turn == contest.Turn)) return;
        contests.Add(contest);
    }

    /// <summary>
    /// New material moves the due day of an open contest, once and never back: not that of one closed or past its day.
    /// </summary>
    public void Extend(long turn, int day, int dueDay)
    {
        var at = contests.FindIndex(contest => contest.Turn == turn);
        if (at >= 0 && contests[at] is { Extended: false } contest && day <= contest.DueDay && dueDay > contest.DueDay)
            contests[at] = contest with { DueDay = dueDay, Extended = true };
    }

    /// <summary>A rejection closes the contest, but only up to its due day: past that it was decided for the participant.</summary>
    public void Reject(long turn, int day) => contests.RemoveAll(contest => contest.Turn == turn && day <= contest.DueDay);

    /// <summary>How an event stands on the asking day.</summary>
    public EntryStatus StandingOf(long turn, int asked)
    {
        if (corrections.Exists(correction => correction.Turn == turn)) return EntryStatus.TakenAway;
        foreach (var contest in contests)
            if (contest.Turn == turn) return contest.StandingOn(asked);
        return EntryStatus.Counts;
    }

    /// <summary>What contests take off a rule's points of a day, as of the asking day.</summary>
    public long LeftOut(int day, int rule, int asked)
    {
        var left = 0L;
        foreach (var contest in contests)
        {
            if (contest.Day != day) continue;
            foreach (var (number, points) in contest.Points)
                if (number == rule && (points < 0 || contest.StandingOn(asked) == EntryStatus.TakenAway)) left += points;
        }
        return left;
    }

    public void Drop(Predicate<int> day)
    {
        contests.RemoveAll(contest => day(contest.Day));
        corrections.RemoveAll(correction => day(correction.Day));
    }

    public void Add(Correction correction) => corrections.Add(correction);

    public void Add(Contest contest) => contests.Add(contest);
}

/// <summary>An event taken away for good.</summary>
internal readonly record struct Correction(long Turn, int Day);

/// <summary>A contest that no rejection in time has closed.</summary>
internal sealed record Contest(long Turn, int Day, int DueDay, RulePoints[] Points)
{
    /// <summary>Whether new material has moved the due day: it does so once.</summary>
    public bool Extended { get; init; }

    public EntryStatus StandingOn(int asked) => asked <= DueDay ? EntryStatus.HarmSuspended : EntryStatus.TakenAway;
}
