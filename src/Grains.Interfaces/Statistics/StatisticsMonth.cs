using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Scoring.Statistics;

/// <summary>A month of the calendar, written as <c>2026-03</c>. The default value is the first of all.</summary>
[GenerateSerializer, Immutable, Alias("scoring.statistics-month")]
public readonly record struct StatisticsMonth
{
    private const string Form = "yyyy-MM";

    /// <summary>The last year that one is read of, so that days behind it can be reckoned.</summary>
    private const int YearMax = 9998;

    private StatisticsMonth(DateOnly first) => First = first;

    /// <summary>Its first day.</summary>
    [Id(0)]
    public DateOnly First { get; private init; }

    /// <summary>Its last day.</summary>
    public DateOnly Last => First.AddMonths(1).AddDays(-1);

    /// <summary>The month after it.</summary>
    public StatisticsMonth Next => new(First.AddMonths(1));

    /// <summary>The month that a day lies in.</summary>
    public static StatisticsMonth Of(DateOnly day) => new(day.AddDays(1 - day.Day));

    /// <inheritdoc/>
    public override string ToString() => First.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="ToString"/> prints, up to the year 9998; <see langword="false"/> on anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out StatisticsMonth month)
    {
        month = default;
        if (!DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)) return false;
        if (first.Year > YearMax) return false;
        month = new StatisticsMonth(first);
        return true;
    }
}
