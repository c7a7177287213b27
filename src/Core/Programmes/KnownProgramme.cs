using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Scoring.Events;

namespace Scoring.Programmes;

/// <summary>A published programme with what is worked out from it once.</summary>
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

    /// <summary>The programme and its versions; its <see cref="PublishedProgramme.Today"/> is not kept up.</summary>
    public PublishedProgramme Published { get; }

    /// <summary>The programme as the version in force has it.</summary>
    public Programme Programme => Published.Programme;

    /// <summary>The day of an instant in the programme's zone.</summary>
    public DateOnly Day(DateTimeOffset instant) => ProgrammeDay.Of(instant, _zone);

    /// <summary>Whether a source of the family sends any event type that a version of the programme takes.</summary>
    public bool TakesFrom(EventFamily family) => _families.Contains(family);

    /// <summary>Whether its first version's day has come.</summary>
    public bool HasBegun(DateOnly today) => Published.VersionOn(today) is not null;

    /// <summary>
    /// Whether an event's canonical body, which ends with its type, is of a type that is not stopped and that the version in force on the
    /// event's day takes; before the first one's day, the first.
    /// </summary>
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
