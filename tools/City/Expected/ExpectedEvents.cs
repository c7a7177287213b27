using Scoring.City.People;
using Scoring.Verify.Scores;

namespace Scoring.City.Expected;

/// <summary>
/// The accepted events that must count in the platform's scores. An event counts once, however often it was sent, only for an enrolled
/// resident, and only at or after the start of the handle.
/// </summary>
public sealed class ExpectedEvents
{
    private readonly Dictionary<(string Programme, string Who), List<CountedEvent>> _counted = [];
    private readonly HashSet<(string Source, string Id, string Programme, string Who)> _known = [];
    private readonly Lock _lock = new();

    /// <summary>How many distinct events must count.</summary>
    public long Count { get; private set; }

    /// <summary>Adds an event that the platform answered with 202.</summary>
    public void Add(Resident resident, DateTimeOffset handleStart, string source, string id, DateTimeOffset instant, CountedEvent counted)
    {
        lock (_lock)
        {
            if (resident.Ordinal is null || instant < handleStart || !_known.Add((source, id, resident.Programme, resident.Who))) return;
            if (!_counted.TryGetValue((resident.Programme, resident.Who), out var events))
                _counted[(resident.Programme, resident.Who)] = events = [];
            events.Add(counted);
            Count++;
        }
    }

    /// <summary>Returns the events that must count for a resident.</summary>
    public IReadOnlyList<CountedEvent> Of(Resident resident)
    {
        lock (_lock) return _counted.TryGetValue((resident.Programme, resident.Who), out var events) ? [.. events] : [];
    }
}
