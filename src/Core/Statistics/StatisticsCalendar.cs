using System.Collections.Immutable;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Statistics;

/// <summary>Which months a programme has statistics of, and from when. Plain values in and out.</summary>
internal static class StatisticsCalendar
{
    /// <summary>Days beyond lateness: events on their way into the ledger at midnight, clocks that differ, days of 25 hours.</summary>
    private const int MarginDays = 1;

    /// <summary>Days by which an entry's day may be ahead of the programme's day it is written on: skew, other programmes' zones.</summary>
    private const int AheadDays = 2;

    /// <summary>The first day on which no event of the month can come in any more, by the longest lateness of any version.</summary>
    public static DateOnly From(ImmutableArray<ProgrammeVersion> versions, StatisticsMonth month) =>
        month.Next.First.AddDays(LatenessDaysMax(versions) + MarginDays);

    /// <summary>Nothing behind an entry with a day past this one is of the month: by then none of it came in any more.</summary>
    public static DateOnly Beyond(ImmutableArray<ProgrammeVersion> versions, StatisticsMonth month) =>
        month.Last.AddDays(LatenessDaysMax(versions) + MarginDays + AheadDays);

    /// <summary>Whether any of its days is one of the programme's.</summary>
    public static bool HasBegun(ImmutableArray<ProgrammeVersion> versions, StatisticsMonth month) =>
        month.Last >= versions[0].RuleSet.FirstDay;

    /// <summary>Whether none of its days is past its retention.</summary>
    public static bool IsKept(ImmutableArray<ProgrammeVersion> versions, StatisticsMonth month, DateOnly today) =>
        Retention.LastDayGone(versions, today) < month.First;

    /// <summary>The months that can be made, oldest first.</summary>
    public static IEnumerable<StatisticsMonth> Due(ImmutableArray<ProgrammeVersion> versions, DateOnly today)
    {
        for (var month = StatisticsMonth.Of(versions[0].RuleSet.FirstDay); From(versions, month) <= today; month = month.Next)
            if (IsKept(versions, month, today)) yield return month;
    }

    /// <summary>The event types that any version in force in the month takes, in ascending order: which there are tells nothing.</summary>
    public static IEnumerable<string> EventTypes(ImmutableArray<ProgrammeVersion> versions, StatisticsMonth month) => versions
        .Where((version, index) => version.RuleSet.FirstDay <= month.Last
            && (index + 1 == versions.Length || versions[index + 1].RuleSet.FirstDay > month.First))
        .SelectMany(version => version.Terms.EventTypes).Distinct().Order(StringComparer.Ordinal);

    private static int LatenessDaysMax(ImmutableArray<ProgrammeVersion> versions) =>
        versions.Max(version => version.Terms.LatenessDaysMax);
}
