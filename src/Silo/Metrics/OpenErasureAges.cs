namespace Scoring.Metrics;

/// <summary>
/// Remembers since when erasures have been open. The database holds the day of an erasure and no instant, so the age counts from when this
/// silo has first seen it open, or from the end of its day in the last time zone when that is earlier, as after a start of the silo.
/// </summary>
internal sealed class OpenErasureAges
{
    private Dictionary<(int Partition, long Position), DateTimeOffset> _since = [];

    /// <summary>Returns the age of the oldest one; zero without any.</summary>
    /// <param name="open">The places of the open erasures' tombstones, with their days.</param>
    /// <param name="now">The current instant.</param>
    public TimeSpan Oldest(IReadOnlyCollection<(int Partition, long Position, DateOnly? Day)> open, DateTimeOffset now)
    {
        var since = new Dictionary<(int, long), DateTimeOffset>(open.Count);
        foreach (var (partition, position, day) in open)
        {
            var place = (partition, position);
            since[place] = _since.TryGetValue(place, out var known) ? known : Earliest(day, now);
        }
        _since = since;
        if (since.Count == 0) return TimeSpan.Zero;
        var age = now - since.Values.Min();
        return age > TimeSpan.Zero ? age : TimeSpan.Zero;
    }

    private static DateTimeOffset Earliest(DateOnly? day, DateTimeOffset now)
    {
        // The last time zone in which a day ends is 12 hours behind UTC.
        if (day is not { } known || known == DateOnly.MaxValue) return now;
        var end = new DateTimeOffset(known.AddDays(1).ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);
        return end < now ? end : now;
    }
}
