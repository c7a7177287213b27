using System.Globalization;

namespace Scoring.City.Rows;

/// <summary>Reads the days and times in files, and converts between local times and instants.</summary>
public static class LocalTime
{
    /// <summary>Replaces a missing or invalid time. The day is known, and the platform keeps only the day.</summary>
    public static readonly TimeOnly Noon = new(12, 0);

    /// <summary>
    /// Parses <c>hhmmA</c> or <c>hhmmP</c>. Files write the hour after midnight both as <c>12mmA</c> and as <c>00mmA</c>. Anything else,
    /// for example an hour over 12, a minute over 59 or <c>00mmP</c>, becomes noon.
    /// </summary>
    public static TimeOnly OfTwelveHours(string text)
    {
        if (text.Length != 5
            || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var digits)) return Noon;
        var hour = digits / 100;
        var minute = digits % 100;
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

    /// <summary>Parses <c>MM/dd/yyyy</c>; <see langword="null"/> when it is not a day.</summary>
    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "MM/dd/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>
    /// Returns the instant of a local time in a zone. A local time that occurs twice, when clocks go back, is the first one. A local time
    /// that does not occur, when clocks go forward, moves on by the length of the gap.
    /// </summary>
    public static DateTimeOffset At(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(local)) local += zone.GetUtcOffset(local.AddDays(1)) - zone.GetUtcOffset(local.AddDays(-1));
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }

    /// <summary>Returns the day of an instant in a zone.</summary>
    public static DateOnly DayOf(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
