namespace Scoring.Charts;

/// <summary>A coming day of a score on which nothing new happens.</summary>
/// <param name="Day">The day.</param>
/// <param name="Score">The score of that day.</param>
/// <param name="Change">The difference from the day before it.</param>
public sealed record FadeDay(DateOnly Day, long Score, long Change);

/// <summary>A month of a calendar.</summary>
/// <param name="First">Its first day.</param>
/// <param name="Weeks">Its weeks from Monday to Sunday; a place outside the month is <see langword="null"/>.</param>
public sealed record CalendarMonth(DateOnly First, IReadOnlyList<IReadOnlyList<DateOnly?>> Weeks)
{
    private const int WeekDays = 7;

    /// <summary>Returns every month from that of one day to that of another.</summary>
    public static IReadOnlyList<CalendarMonth> Between(DateOnly from, DateOnly to)
    {
        var months = new List<CalendarMonth>();
        for (var first = new DateOnly(from.Year, from.Month, 1); first <= to; first = first.AddMonths(1)) months.Add(Of(first));
        return months;
    }

    private static CalendarMonth Of(DateOnly first)
    {
        var before = ((int)first.DayOfWeek + WeekDays - 1) % WeekDays;
        var days = DateTime.DaysInMonth(first.Year, first.Month);
        var places = Enumerable.Range(0, (before + days + WeekDays - 1) / WeekDays * WeekDays)
            .Select(place => place < before || place >= before + days ? (DateOnly?)null : first.AddDays(place - before));
        return new CalendarMonth(first, [.. places.Chunk(WeekDays)]);
    }
}
