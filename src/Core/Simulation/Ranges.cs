using System.Collections.Immutable;

namespace Scoring.Simulation;

/// <summary>
/// The ranges in which subjects are counted, before small ranges are merged. No range depends on the subjects. No range of activity is for
/// subjects without events only: all of those have the floor as their score, so a reader could subtract them from other tables.
/// </summary>
internal static class Ranges
{
    private const int ScoreBandsMax = 20;
    private const long DaysMax = 36_500;
    private const long EventsMax = 1_000_000_000;

    /// <summary>The days since enrolment.</summary>
    public static readonly ImmutableArray<RangeCell> DaysEnrolled = Between([0, 30, 90, 180, 365, 730], DaysMax);

    /// <summary>The number of events.</summary>
    public static readonly ImmutableArray<RangeCell> Events = Between([0, 10, 50, 200, 1000, 5000], EventsMax);

    /// <summary>The scores: at most 20 bands from the floor to the ceiling, each 1, 2 or 5 times a power of ten wide.</summary>
    public static ImmutableArray<RangeCell> Scores(long floor, long ceiling)
    {
        var width = Steps().First(step => (ceiling - floor) / step < ScoreBandsMax);
        return Between(Enumerable.Range(0, (int)((ceiling - floor) / width) + 1).Select(band => floor + band * width), ceiling);
    }

    /// <summary>
    /// The changes of a score: falling, same and rising, each in ascending order, with bounds of 1, 2 or 5 times a power of ten.
    /// </summary>
    /// <param name="span">The greatest change: ceiling minus floor.</param>
    public static (ImmutableArray<RangeCell> Falling, ImmutableArray<RangeCell> Same, ImmutableArray<RangeCell> Rising) Changes(long span)
    {
        var rising = Between(Steps().Where(step => step != 2).TakeWhile(step => step <= span), span);
        return ([.. rising.Reverse().Select(range => new RangeCell(-range.To, -range.From, 0))], [new RangeCell(0, 0, 0)], rising);
    }

    /// <summary>The index of the range that contains a value. Values beyond the ends belong to the first and last range.</summary>
    public static int IndexOf(ReadOnlySpan<RangeCell> ranges, long value)
    {
        var index = ranges.Length - 1;
        while (index > 0 && ranges[index].From > value) index--;
        return index;
    }

    private static ImmutableArray<RangeCell> Between(IEnumerable<long> starts, long last)
    {
        long[] from = [.. starts];
        return [.. from.Select((start, index) => new RangeCell(start, index + 1 < from.Length ? from[index + 1] - 1 : last, 0))];
    }

    private static IEnumerable<long> Steps()
    {
        for (var ten = 1L; ; ten *= 10)
        {
            yield return ten;
            yield return 2 * ten;
            yield return 5 * ten;
        }
    }
}
