using Scoring.Administration;
using Scoring.Ledger;

namespace Scoring.Notices;

/// <summary>An act with its body and its day in the programme's zone.</summary>
internal sealed record DatedAdminAction(RecordedAdminAction Act, byte[] Body, DateOnly Day);

/// <summary>An entry or an act, and the place that telling it reaches.</summary>
internal sealed record TimelineItem(NoticePlace Place, Entry? Entry, DatedAdminAction? Act);

/// <summary>
/// Merges entries and acts by day without ever changing the order of either: so two numbers say what was told. A late event's day is
/// earlier than when it became known, so it stands where the entries before it have come to.
/// </summary>
internal static class Timeline
{
    /// <summary>How many entries tell to which day a history has come; only more late events in a row could mislead it.</summary>
    public const int LookBack = 64;

    /// <summary>Oldest first, from both in ascending numbers, which must hold as many as are taken, if there are.</summary>
    public static IEnumerable<TimelineItem> Forwards(
        NoticePlace at, IReadOnlyList<Entry> entries, IReadOnlyList<DatedAdminAction> acts, int count)
    {
        for (var (entry, act) = (0, 0); count > 0 && (entry < entries.Count || act < acts.Count); count--)
        {
            if (entry < entries.Count && (act == acts.Count || entries[entry].Day <= acts[act].Day))
                yield return new TimelineItem(at = at with { Turn = entries[entry].Turn }, entries[entry++], null);
            else
                yield return new TimelineItem(at = at with { Act = acts[act].Act.Number }, null, acts[act++]);
        }
    }

    /// <summary>
    /// Newest first, from both in descending numbers: one more act than are taken, and <see cref="LookBack"/> entries more, if there are.
    /// </summary>
    public static (IReadOnlyList<TimelineItem> Told, NoticePlace? Below) Backwards(
        IReadOnlyList<Entry> entries, IReadOnlyList<DatedAdminAction> acts, int count)
    {
        var told = new List<TimelineItem>();
        var (entry, act) = (0, 0);
        for (; told.Count < count && (entry < entries.Count || act < acts.Count);)
        {
            var place = new NoticePlace(
                entry < entries.Count ? entries[entry].Turn : 0, act < acts.Count ? acts[act].Act.Number : 0);
            if (act == acts.Count || (entry < entries.Count && ComeTo(entries, entry) > acts[act].Day))
                told.Add(new TimelineItem(place, entries[entry++], null));
            else
                told.Add(new TimelineItem(place, null, acts[act++]));
        }
        if (entry == entries.Count && act == acts.Count) return (told, null);
        return (told, new NoticePlace(
            entry < entries.Count ? entries[entry].Turn + 1 : 0, act < acts.Count ? acts[act].Act.Number + 1 : 0));
    }

    private static DateOnly ComeTo(IReadOnlyList<Entry> entries, int index) =>
        entries.Skip(index).Take(LookBack).Max(entry => entry.Day);
}
