using Microsoft.Extensions.Caching.Memory;

namespace Scoring.Keys;

/// <summary>Keeps things for a while between two requests, in the memory of this process, each under a random key.</summary>
/// <param name="countMax">How many it keeps at most.</param>
/// <param name="life">For how long it keeps one.</param>
internal sealed class OneTimeStore<T>(int countMax, TimeSpan life) : IDisposable
    where T : class
{
    private readonly MemoryCache _items = new(new MemoryCacheOptions { SizeLimit = countMax });

    /// <summary>Keeps a thing, and returns the key to it; <see langword="null"/> when there are too many.</summary>
    public string? Keep(T item)
    {
        var key = UnguessableKey.Draw();
        _items.Set(key, item, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = life });
        return _items.TryGetValue(key, out _) ? key : null;
    }

    /// <summary>Takes a thing, once.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="isMeant">Tells whether it is the one that the caller means. Another one stays.</param>
    public T? Take(string key, Func<T, bool>? isMeant = null)
    {
        if (_items.Get<T>(key) is not { } item || isMeant?.Invoke(item) == false) return null;
        _items.Remove(key);
        return item;
    }

    /// <inheritdoc/>
    public void Dispose() => _items.Dispose();
}
