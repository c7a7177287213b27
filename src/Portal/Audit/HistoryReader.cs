using Scoring.Client;
using Scoring.Notices;

namespace Scoring.Audit;

/// <summary>A part of a history, as a page shows it.</summary>
/// <param name="First">The page of the API with which it begins, which has the score when the part is the first one.</param>
/// <param name="Entries">The entries that are shown, in ascending turns.</param>
/// <param name="After">The next part has greater turns than this; <see langword="null"/> at the end.</param>
public sealed record HistoryPart(AuditedHistoryPage First, IReadOnlyList<AuditedHistoryEntry> Entries, long? After);

/// <summary>
/// Reads a part of a history. The API does not filter, so a filtered part reads on until it has enough, and stops after some pages. All
/// pages of a look are of one day and one state, so they belong to one entry.
/// </summary>
internal static class HistoryReader
{
    /// <summary>How many entries a part shows.</summary>
    public const int EntriesMax = 100;

    /// <summary>How many pages of the API a filtered part reads at most.</summary>
    public const int PagesMax = 5;

    /// <summary>How many entries each of them has.</summary>
    public const int PageEntries = 500;

    /// <summary>Reads a part.</summary>
    /// <param name="read">Reads a page of the API: after a turn, so many entries.</param>
    /// <param name="isShown">Tells whether an entry is shown; <see langword="null"/> for every one.</param>
    /// <param name="after">The turn after which the part begins; <see langword="null"/> for the first part.</param>
    public static async Task<HistoryPart> Read(
        Func<long?, int, Task<AuditedHistoryPage>> read, Func<AuditedHistoryEntry, bool>? isShown, long? after)
    {
        var first = await read(after, isShown is null ? EntriesMax : PageEntries);
        if (isShown is null) return new HistoryPart(first, first.Entries, first.After);
        var found = new List<AuditedHistoryEntry>();
        var page = first;
        for (var pages = 1; ; pages++)
        {
            found.AddRange(page.Entries.Where(isShown));
            if (found.Count > EntriesMax) return new HistoryPart(first, found[..EntriesMax], found[EntriesMax - 1].Turn);
            if (page.After is null || pages == PagesMax) return new HistoryPart(first, found, page.After);
            page = await read(page.After, PageEntries);
        }
    }

    /// <summary>Returns the filter of a group; <see langword="null"/> without one.</summary>
    public static Func<AuditedHistoryEntry, bool>? Filter(NoticeGroup? group, ProgrammeResponse document) =>
        group is null ? null : entry => NoticeGroups.Of(AuditedEvents.Notice(entry, document)) == group;
}
