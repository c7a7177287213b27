using Scoring.City.Platform;
using Scoring.City.Rows;
using Scoring.Verify.Scores;

namespace Scoring.City.Replays;

/// <summary>One file in a replay.</summary>
/// <param name="File">Its rows.</param>
/// <param name="Programme">The programme that it feeds.</param>
public sealed record ReplayedFile(RowFile File, ProgrammeDocument Programme);

/// <summary>Some days of the past that are sent at once.</summary>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day, inclusive.</param>
/// <param name="Starting">Files whose people enrol the day before.</param>
/// <param name="Events">What happened on these days, in order of time.</param>
/// <param name="Ending">Files that end in this leg.</param>
public sealed record ReplayLeg(
    DateOnly First, DateOnly Last, IReadOnlyList<ReplayedFile> Starting, IReadOnlyList<(ReplayedFile Of, CityEvent Event)> Events,
    IReadOnlyList<ReplayedFile> Ending);

/// <summary>
/// Cuts the past into legs short enough that nothing in one is too late at its end: two days less than the shortest lateness. A file's
/// first day begins a leg, so that its people enrol before it and not before that; its last day ends one. Days without rows are skipped.
/// </summary>
public static class ReplayTimeline
{
    /// <summary>The legs, in order.</summary>
    public static IReadOnlyList<ReplayLeg> Of(IReadOnlyList<ReplayedFile> stretches)
    {
        var length = Math.Max(1, stretches.Min(s => s.Programme.LatenessDaysMax) - 2);
        var all = stretches.SelectMany(s => s.File.Events.Select(e => (Of: s, Event: e)))
            .OrderBy(e => e.Event.Local).ThenBy(e => e.Event.Id, StringComparer.Ordinal).ToArray();
        var legs = new List<ReplayLeg>();
        for (var next = 0; next < all.Length;)
        {
            var first = DateOnly.FromDateTime(all[next].Event.Local);
            var last = stretches.Where(s => s.File.FirstDay > first).Select(s => s.File.FirstDay.AddDays(-1))
                .Concat(stretches.Where(s => s.File.LastDay >= first).Select(s => s.File.LastDay))
                .Append(first.AddDays(length - 1)).Min();
            var end = next;
            while (end < all.Length && DateOnly.FromDateTime(all[end].Event.Local) <= last) end++;
            legs.Add(new ReplayLeg(
                first, last, [.. stretches.Where(s => s.File.FirstDay == first)], all[next..end],
                [.. stretches.Where(s => s.File.LastDay == last)]));
            next = end;
        }
        return legs;
    }
}
