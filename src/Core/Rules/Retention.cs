using System.Collections.Immutable;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>
/// Until when entries are kept. An entry is kept for as many days as the terms in force on its own day said, because under those it was
/// taken and consented to; a later version may shorten that but never lengthens it. It is never shorter than any window of the rules of
/// its day, so that what is gone weighs nothing in any score, nor than lateness, so that it cannot come back by being sent again.
/// </summary>
public static class Retention
{
    /// <summary>Days that an entry is kept beyond its last, for clocks and zones that differ.</summary>
    public const int MarginDays = 2;

    /// <summary>The last day whose entries are past keeping: all of them on that day and before it, none after it.</summary>
    /// <param name="versions">A programme's published versions, ascending, at least one.</param>
    /// <param name="today">The day in its zone.</param>
    public static DateOnly LastDayGone(ImmutableArray<ProgrammeVersion> versions, DateOnly today)
    {
        var current = versions.Length - 1;
        while (current > 0 && versions[current].RuleSet.FirstDay > today) current--;
        var gone = 0;
        for (var index = 0; index <= current; index++)
        {
            var last = today.DayNumber - MarginDays - 1 - KeptDays(versions[index..(current + 1)]);
            // Days of a version reach up to the next one's first; only when all of them are gone do the next one's follow.
            var lastOfIts = index == current ? int.MaxValue : versions[index + 1].RuleSet.FirstDay.DayNumber - 1;
            gone = Math.Max(gone, Math.Min(last, lastOfIts));
            if (last < lastOfIts) break;
        }
        return DateOnly.FromDayNumber(gone);
    }

    /// <summary>For how long entries of the first version's days are kept while the last of them is in force.</summary>
    private static int KeptDays(ImmutableArray<ProgrammeVersion> versions)
    {
        var promised = versions.Min(version => version.Terms.RetentionDays);
        var longestWindow = versions[0].RuleSet.Rules.Select(rule => rule.WindowDays).DefaultIfEmpty(0).Max();
        var lateness = versions.Max(version => version.Terms.LatenessDaysMax);
        return Math.Max(promised, Math.Max(longestWindow, lateness));
    }
}
