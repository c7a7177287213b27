using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Scoring.Inbox;

/// <summary>Remembers the states that a grain storage wrote, and reads them in bulk.</summary>
internal sealed class WrittenStates : IGrainStateReader
{
    private readonly ConcurrentDictionary<(string Name, string Key), object?> _states = new();

    /// <summary>Remembers a state that was written.</summary>
    public void Note(string name, GrainId grain, object? state) => _states[(name, grain.Key.ToString()!)] = state;

    public async Task<IReadOnlyList<(string Key, T State)>> Read<T>(StateQuery query, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return [.. _states.Where(pair => pair.Key.Name == query.Name && pair.Key.Key.StartsWith(query.Prefix, StringComparison.Ordinal)
                && string.CompareOrdinal(pair.Key.Key, query.After) > 0
                && (query.Member is not { } member || typeof(T).GetProperty(member)!.GetValue(pair.Value) is not null))
            .OrderBy(pair => pair.Key.Key, StringComparer.Ordinal).Take(query.Count)
            .Select(pair => (pair.Key.Key, (T)pair.Value!))];
    }
}
