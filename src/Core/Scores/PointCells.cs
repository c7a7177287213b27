namespace Scoring.Scores;

/// <summary>
/// Sums of points by day and rule in ascending days, in two arrays: 12 bytes for each sum. Sums cannot overflow: an entry gives a rule at
/// most 100,000 points, so 2^63 takes more than 9·10^13 entries of one subject on one day.
/// </summary>
internal struct PointCells
{
    // A key holds the day number in its upper 22 bits, enough up to the year 9999, and the rule's number in its lower 10 bits.
    private const int RuleBits = 10;

    private uint[]? _keys;
    private long[]? _points;

    /// <summary>The number of sums.</summary>
    public int Count { get; private set; }

    /// <summary>The day number of a sum.</summary>
    public readonly int Day(int index) => (int)(_keys![index] >> RuleBits);

    /// <summary>The number of a sum's rule.</summary>
    public readonly int Rule(int index) => (int)(_keys![index] & ((1u << RuleBits) - 1));

    /// <summary>The points of a sum.</summary>
    public readonly long Points(int index) => _points![index];

    /// <summary>The index of the first sum on or after a day; <see cref="Count"/> when there is none.</summary>
    public readonly int From(int day)
    {
        if (Count == 0 || day <= 0) return 0;
        var index = _keys.AsSpan(0, Count).BinarySearch((uint)day << RuleBits);
        return index < 0 ? ~index : index;
    }

    /// <summary>Adds points to the sum of a day and a rule.</summary>
    public void Add(int day, int rule, long value)
    {
        var key = ((uint)day << RuleBits) | (uint)rule;
        var index = Count > 0 && _keys![Count - 1] < key ? ~Count : _keys.AsSpan(0, Count).BinarySearch(key);
        if (index >= 0) _points![index] = checked(_points[index] + value);
        else Insert(~index, key, value);
    }

    /// <summary>Frees the memory beyond the sums that there are.</summary>
    public void Trim()
    {
        if (_keys is not null && _keys.Length > Count) Resize(Count);
    }

    /// <summary>Keeps the sums that meet a condition on day and rule, and frees the memory of the others.</summary>
    public void Keep(Func<int, int, bool> condition)
    {
        var kept = 0;
        for (var index = 0; index < Count; index++)
        {
            if (!condition(Day(index), Rule(index))) continue;
            _keys![kept] = _keys[index];
            _points![kept++] = _points[index];
        }
        if (kept == Count) return;
        Count = kept;
        Resize(kept);
    }

    private void Insert(int index, uint key, long value)
    {
        if (Count == (_keys?.Length ?? 0)) Resize(Count + 4 + Count / 4);
        Array.Copy(_keys!, index, _keys!, index + 1, Count - index);
        Array.Copy(_points!, index, _points!, index + 1, Count - index);
        _keys![index] = key;
        _points![index] = value;
        Count++;
    }

    private void Resize(int size)
    {
        Array.Resize(ref _keys, size);
        Array.Resize(ref _points, size);
    }
}
