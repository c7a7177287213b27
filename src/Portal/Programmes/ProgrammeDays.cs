using System.Globalization;

namespace Scoring.Programmes;

/// <summary>Days in a programme's time zone, as forms and entries hold them and pages show them.</summary>
internal static class ProgrammeDays
{
    private const string Pattern = "yyyy-MM-dd";

    /// <summary>Returns the day of an ISO date, or <see langword="null"/> when it is no day.</summary>
    public static DateOnly? Parse(string text) =>
        DateOnly.TryParseExact(text, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Writes a day as a form's field takes it.</summary>
    public static string Format(DateOnly day) => day.ToString(Pattern, CultureInfo.InvariantCulture);

    /// <summary>Returns the instant at which a day ends in a zone.</summary>
    public static DateTimeOffset EndOf(DateOnly day, string zone)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(midnight));
    }

    /// <summary>Returns the last day before an instant that is midnight in a zone; <see langword="null"/> for any other instant.</summary>
    public static DateOnly? LastDay(DateTimeOffset end, string zone)
    {
        var local = TimeZoneInfo.ConvertTime(end, TimeZoneInfo.FindSystemTimeZoneById(zone));
        return local.TimeOfDay == TimeSpan.Zero ? DateOnly.FromDateTime(local.Date).AddDays(-1) : null;
    }
}
