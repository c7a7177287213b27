namespace Scoring.Simulation;

/// <summary>The counts of the subjects in a range.</summary>
/// <param name="From">The least value of the range.</param>
/// <param name="To">The greatest value of the range.</param>
/// <param name="Subjects">The number of subjects.</param>
/// <param name="Rising">How many of them have a higher score under the version.</param>
/// <param name="Falling">How many of them have a lower score under the version.</param>
/// <param name="Change">The sum of the changes of their scores.</param>
internal readonly record struct RangeCell(long From, long To, long Subjects, long Rising = 0, long Falling = 0, long Change = 0)
{
    /// <summary>Merges two neighbouring ranges.</summary>
    public static RangeCell operator +(RangeCell lower, RangeCell upper) => new(
        lower.From, upper.To, lower.Subjects + upper.Subjects, lower.Rising + upper.Rising, lower.Falling + upper.Falling,
        lower.Change + upper.Change);
}

/// <summary>
/// Suppresses small cells, so that no published number is about few people. First, ranges with 1 to 19 subjects are merged with a
/// neighbour: each range then has 0 or at least 20 subjects. Second, numbers of subjects are published in multiples of 20, rounded down
/// over the running sum, so that the parts of a table add up to its total. Every sum and difference of published numbers, within a table,
/// across tables and between two reports, is then a multiple of 20: subtraction cannot give a number from 1 to 19.
/// </summary>
internal static class SmallCellSuppression
{
    /// <summary>The smallest group that is published, and the step of published numbers.</summary>
    public const int Least = 20;

    /// <summary>Whether a number of subjects is too small to be published: 1 to 19.</summary>
    public static bool IsFew(long subjects) => subjects is > 0 and < Least;

    /// <summary>A number of subjects rounded down to a multiple of <see cref="Least"/>.</summary>
    public static long Down(long subjects) => subjects - subjects % Least;

    /// <summary>
    /// Merges neighbours until no range has few subjects. With few subjects in total, one range with all of them is left.
    /// </summary>
    public static List<RangeCell> Merge(IEnumerable<RangeCell> cells)
    {
        var merged = new List<RangeCell>();
        RangeCell? few = null;
        foreach (var cell in cells)
        {
            var sum = few is { } before ? before + cell : cell;
            few = IsFew(sum.Subjects) ? sum : null;
            if (few is null) merged.Add(sum);
        }
        if (few is not { } rest) return merged;
        while (IsFew(rest.Subjects) && merged.Count > 0)
        {
            rest = merged[^1] + rest;
            merged.RemoveAt(merged.Count - 1);
        }
        merged.Add(rest);
        return merged;
    }

    /// <summary>
    /// The published parts of a table: each is the difference of the rounded running sums. A count of 20 or more stays 20 or more; 0 stays
    /// 0.
    /// </summary>
    public static IEnumerable<long> Parts(IEnumerable<long> counts)
    {
        var sum = 0L;
        foreach (var count in counts)
        {
            yield return Down(sum + count) - Down(sum);
            sum += count;
        }
    }

    /// <summary>A part of a group as it is published; <see langword="null"/> when the part or the rest of the group is few.</summary>
    /// <param name="part">The number of subjects in the part.</param>
    /// <param name="whole">The number of subjects in the group.</param>
    /// <param name="published">The published number of the group.</param>
    public static long? Part(long part, long whole, long published) =>
        IsFew(part) || IsFew(whole - part) ? null : part == whole ? published : Down(part);
}
