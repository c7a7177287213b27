namespace Scoring.Programmes;

/// <summary>The day on which an instant falls in a programme's time zone.</summary>
public static class ProgrammeDay
{
    /// <summary>The day of an instant in a time zone.</summary>
    public static DateOnly Of(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
