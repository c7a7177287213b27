namespace Scoring.Partitions;

/// <summary>
/// The handles that the writer of this silo remembers, the oldest of which goes when there are too many. It holds linked handles only:
/// nothing is remembered of a handle that no subject has. Its methods may be called from any thread.
/// </summary>
internal sealed class HandleMemory(int countMax)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<HandleKey, RememberedHandle> _byKey = [];
    private readonly Dictionary<long, RememberedHandle> _bySubject = [];
    private RememberedHandle? _oldest;
    private RememberedHandle? _newest;
    private long _forgettings;

    /// <summary>The number of handles.</summary>
    public int Count
    {
        get { lock (_gate) return _byKey.Count; }
    }

    /// <summary>
    /// How often something was forgotten. Read it before handles are read from the database: <see cref="Add"/> takes them only when nothing
    /// was forgotten since.
    /// </summary>
    public long Forgettings => Interlocked.Read(ref _forgettings);

    /// <summary>Finds the handles of keys; <see langword="null"/> for those that are not remembered or stale.</summary>
    public void Find(ReadOnlySpan<HandleKey> keys, Span<RememberedHandle?> found)
    {
        lock (_gate)
        {
            for (var i = 0; i < keys.Length; i++)
                found[i] = _byKey.TryGetValue(keys[i], out var handle) && !handle.IsStale ? handle : null;
        }
    }

    /// <summary>Remembers handles, in place of what was remembered under their keys.</summary>
    /// <param name="handles">What was read.</param>
    /// <param name="forgettings">The value of <see cref="Forgettings"/> before it was read.</param>
    public void Add(IReadOnlyCollection<RememberedHandle> handles, long forgettings)
    {
        lock (_gate)
        {
            // What was read may be of a subject that has been forgotten since, and must not come back.
            if (forgettings != _forgettings) return;
            foreach (var handle in handles)
            {
                if (_byKey.TryGetValue(handle.Key, out var before)) Remove(before);
                Insert(handle);
                if (_byKey.Count > countMax) Remove(_oldest!);
            }
        }
    }

    /// <summary>Forgets every handle of a subject.</summary>
    public void Forget(long subject)
    {
        lock (_gate)
        {
            Interlocked.Increment(ref _forgettings);
            while (_bySubject.TryGetValue(subject, out var handle)) Remove(handle);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            Interlocked.Increment(ref _forgettings);
            while (_oldest is not null) Remove(_oldest);
        }
    }

    private void Insert(RememberedHandle handle)
    {
        _byKey.Add(handle.Key, handle);
        handle.Sibling = _bySubject.GetValueOrDefault(handle.Subject);
        _bySubject[handle.Subject] = handle;
        handle.Older = _newest;
        if (_newest is null) _oldest = handle;
        else _newest.Newer = handle;
        _newest = handle;
    }

    private void Remove(RememberedHandle handle)
    {
        handle.MarkStale();
        _byKey.Remove(handle.Key);
        RemoveSibling(handle);
        if (handle.Older is null) _oldest = handle.Newer;
        else handle.Older.Newer = handle.Newer;
        if (handle.Newer is null) _newest = handle.Older;
        else handle.Newer.Older = handle.Older;
        handle.Older = null;
        handle.Newer = null;
        handle.Sibling = null;
    }

    private void RemoveSibling(RememberedHandle handle)
    {
        var first = _bySubject[handle.Subject];
        if (first == handle)
        {
            if (handle.Sibling is null) _bySubject.Remove(handle.Subject);
            else _bySubject[handle.Subject] = handle.Sibling;
            return;
        }
        while (first.Sibling != handle) first = first.Sibling!;
        first.Sibling = handle.Sibling;
    }
}
