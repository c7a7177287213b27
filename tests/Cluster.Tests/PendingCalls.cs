using System.Collections.Concurrent;

namespace Scoring.Cluster;

/// <summary>Tracks calls, so that a silo is killed while some of them are pending, and a test can tell that they were.</summary>
internal sealed class PendingCalls
{
    private readonly ConcurrentBag<(long From, long To)> _ended = [];
    private int _pending;
    private long _killedAt;

    /// <summary>How many calls began before the kill and ended after it.</summary>
    public int AtKill => _ended.Count(call => call.From < _killedAt && call.To > _killedAt);

    /// <summary>The time since the kill.</summary>
    public TimeSpan SinceKill => TimeProvider.System.GetElapsedTime(_killedAt);

    /// <summary>Performs a call.</summary>
    public async Task Track(Func<Task> call)
    {
        var from = TimeProvider.System.GetTimestamp();
        Interlocked.Increment(ref _pending);
        try
        {
            await call();
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
            _ended.Add((from, TimeProvider.System.GetTimestamp()));
        }
    }

    /// <summary>
    /// Kills a silo while calls are pending. It is frozen first, so that no call that it holds ends between the look and the kill.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="calls">Ends with the last of the calls.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task Kill(PlatformProcess silo, Task calls, CancellationToken cancellationToken)
    {
        await silo.Signal("STOP");
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (Volatile.Read(ref _pending) == 0 && !calls.IsCompleted) await beat.WaitForNextTickAsync(cancellationToken);
        _killedAt = TimeProvider.System.GetTimestamp();
        await silo.Kill();
    }
}
