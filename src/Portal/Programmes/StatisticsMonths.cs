using System.Globalization;
using System.Text.RegularExpressions;

namespace Scoring.Programmes;

/// <summary>The months whose statistics can be chosen. A month is its first day.</summary>
public static partial class StatisticsMonths
{
    /// <summary>How many months can be chosen.</summary>
    public const int Max = 12;

    /// <summary>Returns the last full months, the newest first, that are not before a programme's first month.</summary>
    public static IReadOnlyList<DateOnly> Last(DateOnly today, DateOnly firstDay)
    {
        var current = new DateOnly(today.Year, today.Month, 1);
        return [.. Enumerable.Range(1, Max).Select(back => current.AddMonths(-back)).Where(month => month.AddMonths(1) > firstDay)];
    }

    /// <summary>Returns the day on which a month is counted: when no more events of it are accepted.</summary>
    /// <param name="month">The month.</param>
    /// <param name="latenessDaysMax">The number of days for which an event is still accepted.</param>
    public static DateOnly CountedOn(DateOnly month, int latenessDaysMax) => month.AddMonths(1).AddDays(latenessDaysMax + 1);

    /// <summary>Reads a month such as <c>2026-03</c>; <see langword="null"/> when it is none.</summary>
    public static DateOnly? Find(string? text) =>
        DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : null;

    /// <summary>Writes a month for an address.</summary>
    public static string Write(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Reads the day in the detail of a problem; <see langword="null"/> when there is none.</summary>
    public static DateOnly? DayIn(string? detail) =>
        Day().Match(detail ?? "") is { Success: true } found
        && DateOnly.TryParseExact(found.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}\b")]
    private static partial Regex Day();
}
