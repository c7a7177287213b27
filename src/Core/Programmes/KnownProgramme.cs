using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Scoring.Events;

namespace Scoring.Programmes;

/// <summary>A published programme with lookups that are computed once. Immutable.</summary>
public sealed class KnownProgramme
{
    private readonly TimeZoneInfo _zone;
    private readonly FrozenDictionary<int, ImmutableArray<byte[]>> _bodyEndsByVersion;
    private readonly ImmutableArray<EventFamily> _families;

    internal KnownProgramme(PublishedProgramme published, Dictionary<string, EventType> types)
    {
        Published = published;
        _zone = TimeZoneInfo.FindSystemTimeZoneById(published.Programme.Zone);
        _bodyEndsByVersion = published.Versions.ToFrozenDictionary(
            version => version.RuleSet.Number, version => Taken(version.Terms, types).Select(End).ToImmutableArray());
        _families = [.. published.Versions.SelectMany(version => Taken(version.Terms, types)).Select(type => type.Family).Distinct()];
    }

    /// <summary>
    /// The programme and its versions. Its <see cref="PublishedProgramme.Today"/> is the day of publication, not the present day.
    /// </summary>
    public PublishedProgramme Published { get; }

    /// <summary>The terms of the version that was in force at the publication.</summary>
    public Programme Programme => Published.Programme;

    /// <summary>The day on which an instant falls in the programme's zone.</summary>
    public DateOnly Day(DateTimeOffset instant) => ProgrammeDay.Of(instant, _zone);

    /// <summary>Whether any version of the programme takes an event type of the family that is not stopped.</summary>
    public bool TakesFrom(EventFamily family) => _families.Contains(family);

    /// <summary>Whether the first version's first day has come.</summary>
    public bool HasBegun(DateOnly today) => Published.VersionOn(today) is not null;

    /// <summary>
    /// Whether the version in force on an event's day takes the event's type, and the type is not stopped. Before the first version's
    /// first day, the first version decides.
    /// </summary>
    /// <param name="body">The event's canonical body, which ends with the type.</param>
    /// <param name="day">The event's day in the programme's zone.</param>
    public bool Takes(ReadOnlySpan<byte> body, DateOnly day)
    {
        foreach (var end in _bodyEndsByVersion[(Published.VersionOn(day) ?? Published.Versions[0]).RuleSet.Number])
            if (body.EndsWith(end)) return true;
        return false;
    }

    private static IEnumerable<EventType> Taken(Programme terms, Dictionary<string, EventType> types) =>
        terms.EventTypes.Where(types.ContainsKey).Select(name => types[name]).Where(type => !type.Stopped);

    private static byte[] End(EventType type) => Encoding.UTF8.GetBytes($"\"type\":\"{type.Name}\"}}");
}

/// <summary>The day on which an instant falls in a programme's time zone.</summary>
public static class ProgrammeDay
{
    /// <summary>The day of an instant in a time zone.</summary>
    public static DateOnly Of(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
