using Scoring.Administration;
using Scoring.Contests;
using Scoring.Programmes;

namespace Scoring.Inbox;

/// <summary>A part of an administrator's inbox. To add what waits, add a kind and a section.</summary>
internal interface IInboxSection
{
    /// <summary>Returns the items of this part.</summary>
    Task<SectionItems> Read(InboxContext context);
}

/// <summary>The items of one part of an inbox.</summary>
/// <param name="Items">The items, in any order.</param>
/// <param name="IsCut">Whether a limit ended the look before all was seen.</param>
internal readonly record struct SectionItems(IEnumerable<InboxItem> Items, bool IsCut = false);

/// <summary>What all parts of an inbox are made from.</summary>
/// <param name="Reader">The administrator.</param>
/// <param name="Published">Everything that is published.</param>
/// <param name="Now">The instant, read once.</param>
/// <param name="Options">The limits.</param>
internal sealed record InboxContext(CaseReviewer Reader, PublishedState Published, DateTimeOffset Now, InboxOptions Options)
{
    private readonly Dictionary<ProgrammeId, (string Name, DateOnly Today)> _programmes = Published.Documents.Programmes.ToDictionary(
        published => published.Programme.Id,
        published => (published.Programme.Name, ProgrammeDay.Of(Now, TimeZoneInfo.FindSystemTimeZoneById(published.Programme.Zone))));

    /// <summary>The current day in UTC, for what belongs to no programme.</summary>
    public DateOnly UtcToday => DateOnly.FromDateTime(Now.UtcDateTime);

    /// <summary>The current day of a programme; in UTC for one that is not published.</summary>
    public DateOnly Today(ProgrammeId programme) => _programmes.TryGetValue(programme, out var known) ? known.Today : UtcToday;

    /// <summary>The name of a programme for people; its id before it is published.</summary>
    public string NameOf(ProgrammeId programme) => _programmes.TryGetValue(programme, out var known) ? known.Name : programme.Value;

    /// <summary>Tells whether a last day is today or one of the days that come soon.</summary>
    public bool IsSoon(DateOnly lastDay, DateOnly today) => lastDay >= today && lastDay <= today.AddDays(Options.SoonDays);
}
