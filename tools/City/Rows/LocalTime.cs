using System.Globalization;

namespace Scoring.City.Rows;

/// <summary>Times as files write them, and what becomes of those that are no times.</summary>
public static class LocalTime
{
    /// <summary>Stands for a time that is missing or cannot be: the day is certain, and only the day is kept by the platform.</summary>
    public static readonly TimeOnly Noon = new(12, 0);

    /// <summary>
    /// <c>hhmmA</c> or <c>hhmmP</c>; midnight's hour is written both <c>12mmA</c> and <c>00mmA</c>. Anything else (an hour past twelve, a
    /// minute past 59, no letter, <c>00mmP</c>) is no time, and becomes noon.
    /// </summary>
    public static TimeOnly OfTwelveHours(string text)
    {
        if (text.Length != 5
            || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var digits)) return Noon;
        var (hour, minute) = (digits / 100, digits % 100);
        if (minute > 59) return Noon;
        return text[4] switch
        {
            'A' when hour == 12 => new TimeOnly(0, minute),
            'A' when hour < 12 => new TimeOnly(hour, minute),
            'P' when hour == 12 => new TimeOnly(12, minute),
            'P' when hour is > 0 and < 12 => new TimeOnly(hour + 12, minute),
            _ => Noon,
        };
    }

    /// <summary><c>MM/dd/yyyy</c>; <see langword="null"/> when it is no day.</summary>
    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "MM/dd/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>
    /// The instant at which a clock on the wall in the zone shows the time. When clocks are put back it shows it twice: the first is taken.
    /// When they are put forward it never does: the gap's length is added.
    /// </summary>
    public static DateTimeOffset At(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(local)) local += zone.GetUtcOffset(local.AddDays(1)) - zone.GetUtcOffset(local.AddDays(-1));
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }

    /// <summary>The day of an instant in a zone.</summary>
    public static DateOnly DayOf(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
