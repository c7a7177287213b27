namespace Scoring.Scores;

/// <summary>
/// Sums of points by day and rule, in ascending days: two plain arrays, 12 bytes a sum. Sums cannot overflow: an entry gives a rule at
/// most 100,000 points, so 2^63 would take more than 9·10^13 entries of one subject on one day.
/// </summary>
internal struct PointCells
{
    /// <summary>A key is the day's number before ten bits of the rule's: days up to the year 9999 fit into the 22 bits left.</summary>
    private const int RuleBits = 10;

    private uint[]? keys;
    private long[]? points;

    public int Count { get; private set; }

    public readonly int Day(int index) => (int)(keys![index] >> RuleBits);

    public readonly int Rule(int index) => (int)(keys![index] & ((1u << RuleBits) - 1));

    public readonly long Points(int index) => points![index];

    /// <summary>The index of the first sum on or after a day.</summary>
    public readonly int From(int day)
    {
        if (Count == 0 || day <= 0) return 0;
        var index = keys.AsSpan(0, Count).BinarySearch((uint)day << RuleBits);
        return index < 0 ? ~index : index;
    }

    public void Add(int day, int rule, long value)
    {
        var key = ((uint)day << RuleBits) | (uint)rule;
        var index = Count > 0 && keys![Count - 1] < key ? ~Count : keys.AsSpan(0, Count).BinarySearch(key);
        if (index >= 0) points![index] = checked(points[index] + value);
        else Insert(~index, key, value);
    }

    /// <summary>Keeps the sums for which the test holds, and gives the room of the others back.</summary>
    public void Keep(Func<int, int, bool> test)
    {
        var kept = 0;
        for (var index = 0; index < Count; index++)
        {
            if (!test(Day(index), Rule(index))) continue;
            keys![kept] = keys[index];
            points![kept++] = points[index];
        }
        if (kept == Count) return;
        Count = kept;
        Resize(kept);
    }

    private void Insert(int index, uint key, long value)
    {
        if (Count == (keys?.Length ?? 0)) Resize(Count + 2 + Count / 2);
        Array.Copy(keys!, index, keys!, index + 1, Count - index);
        Array.Copy(points!, index, points!, index + 1, Count - index);
        keys![index] = key;
        points![index] = value;
        Count++;
    }

    private void Resize(int size)
    {
        Array.Resize(ref keys, size);
        Array.Resize(ref points, size);
    }
}
