namespace Scoring.Partitions;

/// <summary>
/// What the writer remembers of one partition: its last position and its version as they were at the writer's last look, the last turns of
/// the subjects that were written last, and the keys of their events. None of it is trusted before a statement under the partition's lock
/// has found position and version unchanged. Hold <see cref="Gate"/> for
/// every call.
/// </summary>
/// <remarks>
/// Turns and keys are in two halves: those since the last turnover, and those of the time before. When the young half is full, the older
/// one is dropped. So every subject with an entry above <c>_knownAfter</c> is here with its last turn, and a turn that was read at that
/// position or later needs no other proof that it is the last.
/// </remarks>
internal sealed class PartitionMemory(int countMax)
{
    private readonly int _halfMax = Math.Max(1, countMax / 2);
    private readonly HashSet<long> _forgotten = [];
    private Dictionary<long, long> _turns = [];
    private Dictionary<long, long> _olderTurns = [];
    private HashSet<Guid> _keys = [];
    private HashSet<Guid> _olderKeys = [];
    private long _knownAfter;
    private long _turnedOverAt;
    private bool _isFlushing;

    /// <summary>The lock of this object.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The last position; -1 while the partition is not known.</summary>
    public long Position { get; private set; } = -1;

    /// <summary>The version of what is remembered of handles.</summary>
    public long Version { get; private set; }

    /// <summary>Changes when everything is forgotten: what was numbered before must not be remembered afterwards.</summary>
    public int Epoch { get; private set; }

    /// <summary>
    /// Learns from what was read of a handle: the first handle of an unknown partition makes it known, and a later version makes all that
    /// was read at earlier ones stale.
    /// </summary>
    public void Learn(RememberedHandle handle)
    {
        if (handle.IsStale || handle.Position < _knownAfter) return;
        if (Position < 0)
        {
            Position = handle.Position;
            _knownAfter = handle.Position;
            _turnedOverAt = handle.Position;
        }
        if (handle.Version > Version) Version = handle.Version;
    }

    /// <summary>Whether what was read of a handle may be used, and the last turn of its subject.</summary>
    public bool TryUse(RememberedHandle handle, out long turn)
    {
        turn = 0;
        if (handle.IsStale || Position < 0 || handle.Version != Version) return false;
        if (TryFindTurn(handle.Subject, out turn)) return true;
        turn = handle.Turn;
        return handle.Position >= _knownAfter;
    }

    /// <summary>
    /// Whether a lane is likely to be able to use what was read of a handle; otherwise it is to be read again. It takes the gate itself.
    /// </summary>
    public bool MayUse(RememberedHandle handle)
    {
        lock (Gate)
        {
            if (handle.Version < Version) return false;
            return handle.Position >= _knownAfter || TryFindTurn(handle.Subject, out _);
        }
    }

    /// <summary>Whether the partition is known and has grown past what is remembered. It takes the gate itself.</summary>
    public bool IsBehind(long head)
    {
        lock (Gate) return Position >= 0 && Position < head;
    }

    /// <summary>Whether an event of this key was written lately, or may have been.</summary>
    public bool HasKey(Guid key) => _keys.Contains(key) || _olderKeys.Contains(key);

    /// <summary>Remembers the key of an event that was written, or may have been.</summary>
    public void AddKey(Guid key)
    {
        // More come between two turnovers only when nothing can be committed.
        if (_keys.Count <= 2 * _halfMax) _keys.Add(key);
    }

    /// <summary>Whether anything is remembered of a subject.</summary>
    public bool Holds(long subject) => TryFindTurn(subject, out _) || _forgotten.Contains(subject);

    /// <summary>Begins a flush: what is forgotten from here on is not remembered by its <see cref="AddTurn"/>.</summary>
    public void BeginFlush() => _isFlushing = true;

    /// <summary>Remembers a subject's last turn, which is committed.</summary>
    public void AddTurn(long subject, long turn)
    {
        if (!_forgotten.Contains(subject)) _turns[subject] = turn;
    }

    /// <summary>Remembers a committed position, when the last turns up to it are here, and the version at it.</summary>
    public void Advance(long position, long version)
    {
        Position = position;
        Version = version;
        if (_turns.Count > _halfMax || _keys.Count > _halfMax) TurnOver();
    }

    /// <summary>Ends a flush, whatever came of it.</summary>
    public void EndFlush()
    {
        _isFlushing = false;
        _forgotten.Clear();
    }

    /// <summary>Forgets a subject. What a flush under way has written for it is not remembered either.</summary>
    public void Forget(long subject)
    {
        if (_isFlushing) _forgotten.Add(subject);
        // Its events' keys are among these, and nothing says which they are.
        if (!(_turns.Remove(subject) | _olderTurns.Remove(subject))) return;
        _keys.Clear();
        _olderKeys.Clear();
    }

    /// <summary>Forgets everything; what was read of handles before the position is of no use any more.</summary>
    public void Clear(long position)
    {
        Epoch++;
        Position = -1;
        Version = 0;
        _knownAfter = position;
        _turns = [];
        _olderTurns = [];
        _keys = [];
        _olderKeys = [];
    }

    private bool TryFindTurn(long subject, out long turn) =>
        _turns.TryGetValue(subject, out turn) || _olderTurns.TryGetValue(subject, out turn);

    private void TurnOver()
    {
        (_olderTurns, _turns) = (_turns, []);
        (_olderKeys, _keys) = (_keys, []);
        (_knownAfter, _turnedOverAt) = (_turnedOverAt, Position);
    }
}
