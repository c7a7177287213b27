using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>
/// Computes until when entries are kept. An entry is kept for the days that the terms in force on its own day promised, because the
/// participant consented to those. A later version may shorten the time and never lengthens it. The time is never shorter than any window
/// of the rules of the entry's day, so that an expired entry counts in no score; and never shorter than the lateness, so that an expired
/// event cannot be taken again.
/// </summary>
public static class Retention
{
    /// <summary>The days by which an entry is kept longer, because clocks and time zones differ.</summary>
    public const int MarginDays = 2;

    /// <summary>The last expired day: entries of this day and of earlier days have expired, entries of later days have not.</summary>
    /// <param name="versions">A programme's published versions, ascending, at least one.</param>
    /// <param name="today">The day in the programme's zone.</param>
    public static DateOnly LastDayGone(ImmutableArray<ProgrammeVersion> versions, DateOnly today)
    {
        var current = versions.Length - 1;
        while (current > 0 && versions[current].RuleSet.FirstDay > today) current--;
        var expired = 0;
        for (var index = 0; index <= current; index++)
        {
            var last = today.DayNumber - MarginDays - 1 - KeptDays(versions[index..(current + 1)]);
            // The days of a version end before the first day of the next one, whose days expire only after all of these.
            var lastOfVersion = index == current ? int.MaxValue : versions[index + 1].RuleSet.FirstDay.DayNumber - 1;
            expired = Math.Max(expired, Math.Min(last, lastOfVersion));
            if (last < lastOfVersion) break;
        }
        return DateOnly.FromDayNumber(expired);
    }

    /// <summary>
    /// The first day whose score is known whole: an answer about an earlier day may have counted entries that have expired since, or that
    /// expire while it is computed again.
    /// </summary>
    /// <param name="versions">A programme's published versions, ascending, at least one.</param>
    /// <param name="today">The day in the programme's zone.</param>
    /// <param name="rules">Its rules.</param>
    public static DateOnly FirstDayKnown(ImmutableArray<ProgrammeVersion> versions, DateOnly today, ProgrammeRules rules) =>
        LastDayGone(versions, today.AddDays(MarginDays)).AddDays(rules.LongestWindowDays);

    /// <summary>The days for which entries of the first of these versions are kept while the last of them is in force.</summary>
    private static int KeptDays(ImmutableArray<ProgrammeVersion> versions)
    {
        var promised = versions.Min(version => version.Terms.RetentionDays);
        var longestWindow = versions[0].RuleSet.Rules.Select(rule => rule.WindowDays).DefaultIfEmpty(0).Max();
        var lateness = versions.Max(version => version.Terms.LatenessDaysMax);
        return Math.Max(promised, Math.Max(longestWindow, lateness));
    }
}
