using System.Globalization;

namespace Scoring.Charts;

/// <summary>An axis from one value to another, with ticks at round numbers between them.</summary>
public sealed class ChartScale
{
    /// <summary>The greatest number of ticks.</summary>
    public const int TicksMax = 6;

    private ChartScale(long min, long max, IReadOnlyList<long> ticks)
    {
        Min = min;
        Max = max;
        Ticks = ticks;
    }

    /// <summary>The value at the beginning of the axis.</summary>
    public long Min { get; }

    /// <summary>The value at its end, greater than <see cref="Min"/>.</summary>
    public long Max { get; }

    /// <summary>The values with a tick, in ascending order: multiples of 1, 2 or 5 times a power of ten.</summary>
    public IReadOnlyList<long> Ticks { get; }

    /// <summary>Returns an axis from exactly one value to another. Without a distance between them it becomes one longer.</summary>
    public static ChartScale Between(long min, long max)
    {
        var end = Math.Max(max, min + 1);
        var step = Step(end - min, TicksMax - 1);
        var first = (long)Math.Ceiling((decimal)min / step) * step;
        return new ChartScale(min, end, [.. Multiples(first, end, step)]);
    }

    /// <summary>Returns an axis that holds all values and begins and ends at a tick.</summary>
    public static ChartScale Around(IEnumerable<long> values)
    {
        var all = values.DefaultIfEmpty(0).ToList();
        var min = all.Min();
        var max = Math.Max(all.Max(), min + 1);
        var step = Step(max - min, TicksMax - 3);
        var first = (long)Math.Floor((decimal)min / step) * step;
        var last = (long)Math.Ceiling((decimal)max / step) * step;
        return new ChartScale(first, last, [.. Multiples(first, last, step)]);
    }

    /// <summary>Writes a share as a percentage for an attribute, so that the chart takes any width: 0.125 is <c>12.5%</c>.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(share * 100, 3)}%");

    /// <summary>Writes a coordinate for an attribute.</summary>
    public static string Coordinate(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns where a value is: 0 at the beginning, 1 at the end, and never outside.</summary>
    public double Share(long value) => Math.Clamp((double)(value - Min) / (Max - Min), 0, 1);

    /// <summary>Returns the least round step that cuts a distance into at most so many parts.</summary>
    private static long Step(long distance, int partsMax)
    {
        for (long power = 1; ; power *= 10)
        {
            foreach (var factor in new[] { 1, 2, 5 })
                if ((decimal)distance / (power * factor) <= partsMax) return power * factor;
        }
    }

    private static IEnumerable<long> Multiples(long first, long last, long step)
    {
        for (var tick = first; tick <= last; tick += step) yield return tick;
    }
}
