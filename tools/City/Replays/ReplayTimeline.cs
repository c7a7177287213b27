using Scoring.City.Platform;
using Scoring.City.Rows;
using Scoring.Verify.Scores;

namespace Scoring.City.Replays;

/// <summary>One file in a replay.</summary>
/// <param name="File">Its rows.</param>
/// <param name="Programme">The programme of its events.</param>
public sealed record ReplayedFile(RowFile File, ProgrammeDocument Programme);

/// <summary>Consecutive days whose events are sent together.</summary>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day, inclusive.</param>
/// <param name="Starting">Files whose people enrol the day before.</param>
/// <param name="Events">The events of these days, in order of time.</param>
/// <param name="Ending">Files that end in this leg.</param>
public sealed record ReplayLeg(
    DateOnly First, DateOnly Last, IReadOnlyList<ReplayedFile> Starting, IReadOnlyList<(ReplayedFile Of, CityEvent Event)> Events,
    IReadOnlyList<ReplayedFile> Ending);

/// <summary>
/// Cuts the past into legs. A leg is two days shorter than the shortest lateness, so that no event is too late at its end. A file's first
/// day begins a leg, so that its people enrol on the eve of that day. A file's last day ends a leg. Days without rows are skipped.
/// </summary>
public static class ReplayTimeline
{
    /// <summary>Returns the legs, in order of time.</summary>
    public static IReadOnlyList<ReplayLeg> Of(IReadOnlyList<ReplayedFile> files)
    {
        var length = Math.Max(1, files.Min(file => file.Programme.LatenessDaysMax) - 2);
        var all = files.SelectMany(file => file.File.Events.Select(e => (Of: file, Event: e)))
            .OrderBy(e => e.Event.Local).ThenBy(e => e.Event.Id, StringComparer.Ordinal).ToArray();
        var legs = new List<ReplayLeg>();
        for (var next = 0; next < all.Length;)
        {
            var first = DateOnly.FromDateTime(all[next].Event.Local);
            var last = files.Where(file => file.File.FirstDay > first).Select(file => file.File.FirstDay.AddDays(-1))
                .Concat(files.Where(file => file.File.LastDay >= first).Select(file => file.File.LastDay))
                .Append(first.AddDays(length - 1)).Min();
            var end = next;
            while (end < all.Length && DateOnly.FromDateTime(all[end].Event.Local) <= last) end++;
            legs.Add(new ReplayLeg(
                first, last, [.. files.Where(file => file.File.FirstDay == first)], all[next..end],
                [.. files.Where(file => file.File.LastDay == last)]));
            next = end;
        }
        return legs;
    }
}
