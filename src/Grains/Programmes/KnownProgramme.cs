using System.Collections.Immutable;
using System.Text;
using Scoring.Events;

namespace Scoring.Programmes;

/// <summary>A published programme with what is worked out from it once.</summary>
public sealed class KnownProgramme
{
    private readonly TimeZoneInfo _zone;
    private readonly ImmutableArray<byte[]> _bodyEnds;
    private readonly ImmutableArray<EventFamily> _families;

    internal KnownProgramme(PublishedProgramme published, Dictionary<string, EventType> types)
    {
        Published = published;
        _zone = TimeZoneInfo.FindSystemTimeZoneById(published.Programme.Zone);
        _bodyEnds = [.. published.Programme.EventTypes.Select(name => Encoding.UTF8.GetBytes($"\"type\":\"{name}\"}}"))];
        _families = [.. published.Programme.EventTypes.Where(types.ContainsKey).Select(name => types[name].Family).Distinct()];
    }

    /// <summary>The programme and its rule sets; its <see cref="PublishedProgramme.Today"/> is not kept up.</summary>
    public PublishedProgramme Published { get; }

    /// <summary>The programme.</summary>
    public Programme Programme => Published.Programme;

    /// <summary>The day of an instant in the programme's zone.</summary>
    public DateOnly Day(DateTimeOffset instant) => ProgrammeClock.Day(instant, _zone);

    /// <summary>Whether a source of the family sends any event type that the programme takes.</summary>
    public bool TakesFrom(EventFamily family) => _families.Contains(family);

    /// <summary>Whether an event's canonical body, which ends with its type, is of a type that the programme takes.</summary>
    public bool Takes(ReadOnlySpan<byte> body)
    {
        foreach (var end in _bodyEnds)
            if (body.EndsWith(end)) return true;
        return false;
    }
}
