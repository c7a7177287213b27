using Scoring.City.People;
using Scoring.Verify.Scores;

namespace Scoring.City.Expected;

/// <summary>
/// City's own memory of what was accepted about whom: the other side of the comparison. An event counts once, however often it was sent,
/// only for somebody enrolled, and only at or after their handle's start.
/// </summary>
public sealed class ExpectedEvents
{
    private readonly Dictionary<(string Programme, string Who), List<CountedEvent>> _counted = [];
    private readonly HashSet<(string Source, string Id, string Programme, string Who)> _known = [];
    private readonly Lock _turn = new();

    /// <summary>How many distinct events should count.</summary>
    public long Count { get; private set; }

    /// <summary>Notes an event that was answered with 202.</summary>
    public void Add(Resident who, DateTimeOffset handleStart, string source, string id, DateTimeOffset instant, CountedEvent counted)
    {
        lock (_turn)
        {
            if (who.Ordinal is null || instant < handleStart || !_known.Add((source, id, who.Programme, who.Who))) return;
            if (!_counted.TryGetValue((who.Programme, who.Who), out var events)) _counted[(who.Programme, who.Who)] = events = [];
            events.Add(counted);
            Count++;
        }
    }

    /// <summary>What should count for somebody.</summary>
    public IReadOnlyList<CountedEvent> Of(Resident who)
    {
        lock (_turn) return _counted.TryGetValue((who.Programme, who.Who), out var events) ? [.. events] : [];
    }
}
