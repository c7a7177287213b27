using Scoring.Languages;

namespace Scoring.Contests;

/// <summary>Counts the days to a contest's due day.</summary>
internal static class DueDay
{
    /// <summary>
    /// Returns how many days are left. On the due day itself a decision still counts; after it the contest is upheld.
    /// </summary>
    public static string Left(DateOnly due, DateOnly today, Texts texts) => (due.DayNumber - today.DayNumber) switch
    {
        > 0 and var days => texts.Count("contest.days-left", days),
        0 => texts["contest.last-day"],
        _ => texts["contest.past"],
    };
}
