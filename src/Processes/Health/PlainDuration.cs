using System.Globalization;

namespace Scoring.Health;

/// <summary>Writes durations for people.</summary>
public static class PlainDuration
{
    /// <summary>Returns a duration in its largest sensible unit, for example <c>12 s</c>, <c>5 min</c> or <c>3 days</c>.</summary>
    public static string Of(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0} s"),
        { TotalMinutes: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMinutes:0} min"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalDays:0} days"),
    };
}
