using System.Collections.Immutable;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Statistics;

/// <summary>Decides for which months a programme has statistics, and from which day. Pure functions.</summary>
internal static class StatisticsCalendar
{
    // Days after the lateness, for events that are being appended at midnight, clocks that differ, and days of 25 hours.
    private const int MarginDays = 1;

    // Days by which an entry's day may be ahead of the programme's day on which it is written: clock skew and other programmes' zones.
    private const int AheadDays = 2;

    /// <summary>The first day on which no event of the month can arrive any more, by the longest lateness of any version.</summary>
    public static DateOnly From(ImmutableArray<ProgrammeVersion> versions, StatisticsMonth month) =>
        month.Next.First.AddDays(LatenessDaysMax(versions) + MarginDays);

    /// <summary>The day after which a scan can stop: entries that follow an entry of a later day cannot belong to the month.</summary>
    public static DateOnly Beyond(ImmutableArray<ProgrammeVersion> versions, StatisticsMonth month) =>
        month.Last.AddDays(LatenessDaysMax(versions) + MarginDays + AheadDays);

    /// <summary>Whether the programme's first day is in the month or before it.</summary>
    public static bool HasBegun(ImmutableArray<ProgrammeVersion> versions, StatisticsMonth month) =>
        month.Last >= versions[0].RuleSet.FirstDay;

    /// <summary>Whether no day of the month has expired.</summary>
    public static bool IsKept(ImmutableArray<ProgrammeVersion> versions, StatisticsMonth month, DateOnly today) =>
        Retention.LastDayGone(versions, today) < month.First;

    /// <summary>The months whose statistics can be made on a day, oldest first.</summary>
    public static IEnumerable<StatisticsMonth> Due(ImmutableArray<ProgrammeVersion> versions, DateOnly today)
    {
        for (var month = StatisticsMonth.Of(versions[0].RuleSet.FirstDay); From(versions, month) <= today; month = month.Next)
            if (IsKept(versions, month, today)) yield return month;
    }

    /// <summary>
    /// The event types that any version in force in the month takes, in ascending names. The list depends on published documents only.
    /// </summary>
    public static IEnumerable<string> EventTypes(ImmutableArray<ProgrammeVersion> versions, StatisticsMonth month) => versions
        .Where((version, index) => version.RuleSet.FirstDay <= month.Last
            && (index + 1 == versions.Length || versions[index + 1].RuleSet.FirstDay > month.First))
        .SelectMany(version => version.Terms.EventTypes).Distinct().Order(StringComparer.Ordinal);

    private static int LatenessDaysMax(ImmutableArray<ProgrammeVersion> versions) =>
        versions.Max(version => version.Terms.LatenessDaysMax);
}
