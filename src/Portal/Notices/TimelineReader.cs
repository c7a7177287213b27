using System.Globalization;
using System.Text.RegularExpressions;
using Scoring.Client;

namespace Scoring.Notices;

/// <summary>A part of the timeline, as a page shows it.</summary>
/// <param name="Notices">The notices, newest first.</param>
/// <param name="Below">The next part is below this place; <see langword="null"/> at the end.</param>
internal sealed record TimelinePart(IReadOnlyList<Notice> Notices, string? Below);

/// <summary>
/// Reads a part of the timeline. The API does not filter, so a filtered part reads on until it has enough, and stops after some pages: then
/// the part is short, and the person goes on from there.
/// </summary>
internal static partial class TimelineReader
{
    /// <summary>How many notices a part shows.</summary>
    public const int NoticesMax = 25;

    /// <summary>How many pages of the API a filtered part reads at most.</summary>
    public const int PagesMax = 5;

    /// <summary>How many notices each of them has.</summary>
    public const int PageNotices = 100;

    /// <summary>Reads a part.</summary>
    /// <param name="read">Reads a page of the API: below a place, so many notices.</param>
    /// <param name="group">The only group shown; <see langword="null"/> for everything.</param>
    /// <param name="below">The place below which the part begins; <see langword="null"/> for the newest.</param>
    public static async Task<TimelinePart> Read(Func<string?, int, Task<NoticesPage>> read, NoticeGroup? group, string? below)
    {
        if (group is null)
        {
            var page = await read(below, NoticesMax);
            return new TimelinePart(page.Notices, page.Below);
        }
        var found = new List<Notice>();
        for (var pages = 0; pages < PagesMax; pages++)
        {
            var page = await read(below, PageNotices);
            found.AddRange(page.Notices.Where(notice => NoticeGroups.Of(notice) == group));
            if (found.Count > NoticesMax) return new TimelinePart(found[..NoticesMax], Below(found[NoticesMax - 1]));
            if (page.Below is null) return new TimelinePart(found, null);
            below = page.Below;
        }
        return new TimelinePart(found, below);
    }

    /// <summary>Tells whether a text has the form of a place.</summary>
    public static bool IsPlace(string? text) => text is not null && PlaceText().IsMatch(text);

    /// <summary>
    /// Returns the place below which everything older than a notice is. A notice's own place is the last turn and the last action's number
    /// that it reaches; below a place are the smaller ones of both.
    /// </summary>
    public static string Below(Notice notice)
    {
        var parts = notice.Id.Split('-');
        var turn = long.Parse(parts[0], CultureInfo.InvariantCulture);
        var act = long.Parse(parts[1], CultureInfo.InvariantCulture);
        return notice.Turn is not null
            ? string.Create(CultureInfo.InvariantCulture, $"{turn}-{act + 1}")
            : string.Create(CultureInfo.InvariantCulture, $"{turn + 1}-{act}");
    }

    [GeneratedRegex(@"\A[0-9]{1,18}-[0-9]{1,18}\z")]
    private static partial Regex PlaceText();
}
