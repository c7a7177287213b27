using Scoring.Administration;
using Scoring.Ledger;

namespace Scoring.Notices;

/// <summary>A public action with its body and its day in the programme's zone.</summary>
/// <param name="Act">The action.</param>
/// <param name="Body">The action's body, canonical JSON in UTF-8.</param>
/// <param name="Day">The day in the programme's zone.</param>
internal sealed record DatedAdminAction(RecordedAdminAction Act, byte[] Body, DateOnly Day);

/// <summary>One item of a timeline: an entry or an action.</summary>
/// <param name="Place">The place in the timeline that is reached with this item.</param>
/// <param name="Entry">The entry; <see langword="null"/> for an action.</param>
/// <param name="Act">The action; <see langword="null"/> for an entry.</param>
internal sealed record TimelineItem(NoticePlace Place, Entry? Entry, DatedAdminAction? Act);

/// <summary>
/// Merges a subject's entries and the public actions by day and keeps the order of both, so a turn and an action's number say what was
/// already read. A late event's day is before the day on which it arrived; it is merged at the day that the entries before it have reached.
/// </summary>
internal static class Timeline
{
    /// <summary>
    /// The number of earlier entries that decide which day a history has reached. Only more late events in a row could mislead it.
    /// </summary>
    public const int LookBack = 64;

    /// <summary>Merges oldest first.</summary>
    /// <param name="at">The place after which the items come.</param>
    /// <param name="entries">The next entries in ascending turns: as many as <paramref name="count"/>, or all that exist.</param>
    /// <param name="acts">The next actions in ascending numbers: as many as <paramref name="count"/>, or all that exist.</param>
    /// <param name="count">The greatest number of items.</param>
    public static IEnumerable<TimelineItem> Forwards(
        NoticePlace at, IReadOnlyList<Entry> entries, IReadOnlyList<DatedAdminAction> acts, int count)
    {
        var entry = 0;
        var act = 0;
        for (; count > 0 && (entry < entries.Count || act < acts.Count); count--)
        {
            if (entry < entries.Count && (act == acts.Count || entries[entry].Day <= acts[act].Day))
                yield return new TimelineItem(at = at with { Turn = entries[entry].Turn }, entries[entry++], null);
            else
                yield return new TimelineItem(at = at with { Act = acts[act].Act.Number }, null, acts[act++]);
        }
    }

    /// <summary>Merges newest first.</summary>
    /// <param name="entries">
    /// The entries in descending turns: <see cref="LookBack"/> more than <paramref name="count"/>, or all that exist.
    /// </param>
    /// <param name="acts">The actions in descending numbers: one more than <paramref name="count"/>, or all that exist.</param>
    /// <param name="count">The greatest number of items.</param>
    /// <returns>The items, and the place below which the next page begins; <see langword="null"/> at the end.</returns>
    public static (IReadOnlyList<TimelineItem> Items, NoticePlace? Below) Backwards(
        IReadOnlyList<Entry> entries, IReadOnlyList<DatedAdminAction> acts, int count)
    {
        var items = new List<TimelineItem>();
        var entry = 0;
        var act = 0;
        while (items.Count < count && (entry < entries.Count || act < acts.Count))
        {
            var place = new NoticePlace(
                entry < entries.Count ? entries[entry].Turn : 0, act < acts.Count ? acts[act].Act.Number : 0);
            if (act == acts.Count || (entry < entries.Count && DayReached(entries, entry) > acts[act].Day))
                items.Add(new TimelineItem(place, entries[entry++], null));
            else
                items.Add(new TimelineItem(place, null, acts[act++]));
        }
        if (entry == entries.Count && act == acts.Count) return (items, null);
        return (items, new NoticePlace(
            entry < entries.Count ? entries[entry].Turn + 1 : 0, act < acts.Count ? acts[act].Act.Number + 1 : 0));
    }

    private static DateOnly DayReached(IReadOnlyList<Entry> entries, int index) =>
        entries.Skip(index).Take(LookBack).Max(entry => entry.Day);
}
