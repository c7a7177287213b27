using System.Collections.Concurrent;
using System.Collections.Immutable;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Notices;

/// <summary>
/// Tells the waiting streams of this silo at once when an entry of their subject passes one of the silo's own queues. It is speed alone:
/// what passes the queues of other silos, and what passed before a watch began, is found by <see cref="NoticePoller"/>.
/// </summary>
public sealed class SubjectGrowth
{
    private readonly ConcurrentDictionary<SubjectId, ImmutableArray<SubjectWatch>> _watches = [];
    private int _count;

    /// <summary>Begins to watch a subject. Dispose of the watch when the wait is over.</summary>
    internal SubjectWatch Watch(SubjectId subject)
    {
        var watch = new SubjectWatch(this, subject);
        Interlocked.Increment(ref _count);
        _watches.AddOrUpdate(subject, [watch], (_, others) => others.Add(watch));
        return watch;
    }

    /// <summary>Notes committed entries. Without a watch it costs one read of a number.</summary>
    public void Note(ImmutableArray<Entry> entries)
    {
        if (Volatile.Read(ref _count) == 0) return;
        foreach (var entry in entries)
        {
            if (!_watches.TryGetValue(entry.Subject, out var watches)) continue;
            foreach (var watch in watches) watch.Note(entry.Turn);
        }
    }

    internal void End(SubjectWatch watch)
    {
        while (_watches.TryGetValue(watch.Subject, out var watches))
        {
            var left = watches.Remove(watch);
            var removed = left.IsEmpty
                ? _watches.TryRemove(KeyValuePair.Create(watch.Subject, watches))
                : _watches.TryUpdate(watch.Subject, left, watches);
            if (removed) break;
        }
        Interlocked.Decrement(ref _count);
    }
}

/// <summary>Watches how far one subject's history has come, for one waiting call.</summary>
internal sealed class SubjectWatch(SubjectGrowth growth, SubjectId subject) : IDisposable
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiting;
    private long _after;
    private long _noted;

    public SubjectId Subject => subject;

    /// <summary>
    /// Completes when a turn after this one is noted. It never fails, and may never complete. A turn ends one wait, so a ledger that has
    /// lost it, since it was restored, is not read without a pause.
    /// </summary>
    public Task Past(long turn)
    {
        lock (_gate)
        {
            if (_noted > turn)
            {
                _noted = 0;
                return Task.CompletedTask;
            }
            _after = turn;
            return (_waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Notes a committed turn.</summary>
    public void Note(long turn)
    {
        TaskCompletionSource waiting;
        lock (_gate)
        {
            if (_waiting is null || turn <= _after)
            {
                _noted = Math.Max(_noted, turn);
                return;
            }
            waiting = _waiting;
            _waiting = null;
            _noted = 0;
        }
        waiting.TrySetResult();
    }

    public void Dispose() => growth.End(this);
}
