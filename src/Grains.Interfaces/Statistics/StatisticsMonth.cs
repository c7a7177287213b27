using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Scoring.Statistics;

/// <summary>A month of the calendar, written as <c>2026-03</c>. The default value is January of year 1.</summary>
[GenerateSerializer, Immutable, Alias("scoring.statistics-month")]
public readonly record struct StatisticsMonth
{
    private const string Format = "yyyy-MM";

    /// <summary>The last year that is parsed. Days after the month can then still be computed.</summary>
    private const int YearMax = 9998;

    private StatisticsMonth(DateOnly first) => First = first;

    /// <summary>Its first day.</summary>
    [Id(0)]
    public DateOnly First { get; private init; }

    /// <summary>Its last day.</summary>
    public DateOnly Last => First.AddMonths(1).AddDays(-1);

    /// <summary>The month after it.</summary>
    public StatisticsMonth Next => new(First.AddMonths(1));

    /// <summary>Returns the month that contains a day.</summary>
    public static StatisticsMonth Of(DateOnly day) => new(day.AddDays(1 - day.Day));

    /// <inheritdoc/>
    public override string ToString() => First.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>
    /// Parses what <see cref="ToString"/> prints, up to the year 9998. Returns <see langword="false"/> for any other text.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out StatisticsMonth month)
    {
        month = default;
        if (!DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)) return false;
        if (first.Year > YearMax) return false;
        month = new StatisticsMonth(first);
        return true;
    }
}
