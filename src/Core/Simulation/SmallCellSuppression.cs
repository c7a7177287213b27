namespace Scoring.Simulation;

/// <summary>What is counted of the subjects in a range, both ends inclusive.</summary>
internal readonly record struct RangeCell(long From, long To, long Subjects, long Rising = 0, long Falling = 0, long Change = 0)
{
    public static RangeCell operator +(RangeCell lower, RangeCell upper) => new(
        lower.From, upper.To, lower.Subjects + upper.Subjects, lower.Rising + upper.Rising, lower.Falling + upper.Falling,
        lower.Change + upper.Change);
}

/// <summary>
/// Keeps published numbers from speaking of few people, by two steps. Ranges with 1 to 19 subjects are merged with a neighbour, so that
/// each holds nobody or at least 20. Then numbers of subjects are told in whole twenties, rounded down over the running sum, so that the
/// parts of a table still add up to its total. Hence every sum and difference of published numbers, within a table, across tables and
/// between two reports, is a multiple of 20: nothing from 1 to 19 can be had by subtraction.
/// </summary>
internal static class SmallCellSuppression
{
    public const int Least = 20;

    public static bool IsFew(long subjects) => subjects is > 0 and < Least;

    public static long Down(long subjects) => subjects - subjects % Least;

    /// <summary>Merges neighbours until no range holds few. With few in all, one range with all of them is left.</summary>
    public static List<RangeCell> Merge(IEnumerable<RangeCell> cells)
    {
        var merged = new List<RangeCell>();
        RangeCell? open = null;
        foreach (var cell in cells)
        {
            var whole = open is { } before ? before + cell : cell;
            open = IsFew(whole.Subjects) ? whole : null;
            if (open is null) merged.Add(whole);
        }
        if (open is not { } rest) return merged;
        while (IsFew(rest.Subjects) && merged.Count > 0)
        {
            rest = merged[^1] + rest;
            merged.RemoveAt(merged.Count - 1);
        }
        merged.Add(rest);
        return merged;
    }

    /// <summary>Each count as a difference of running sums in whole twenties. A count of 20 or more stays 20 or more, 0 stays 0.</summary>
    public static IEnumerable<long> Parts(IEnumerable<long> counts)
    {
        var sum = 0L;
        foreach (var count in counts)
        {
            yield return Down(sum + count) - Down(sum);
            sum += count;
        }
    }

    /// <summary>A part of a group for publication; <see langword="null"/> when it or the rest are few.</summary>
    public static long? Part(long part, long whole, long published) =>
        IsFew(part) || IsFew(whole - part) ? null : part == whole ? published : Down(part);
}
