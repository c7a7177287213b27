namespace Scoring.Hosting;

/// <summary>One read at a time, which serves all callers that asked before it began.</summary>
/// <typeparam name="T">What is read.</typeparam>
/// <param name="read">Does the read. It runs on no caller's scheduler, because it belongs to none of them.</param>
/// <param name="pause">The minimum time from the begin of one read to the begin of the next; zero for none.</param>
/// <param name="time">Measures the pause.</param>
public sealed class SharedRead<T>(Func<Task<T>> read, TimeSpan pause, TimeProvider time)
{
    private readonly Lock _gate = new();
    private Task<T>? _underWay;
    private Task<T>? _next;
    private long? _began;

    /// <summary>Returns what a read finds that begins after this call. Throws what that read throws.</summary>
    public Task<T> Read()
    {
        lock (_gate)
        {
            if (_next is not null) return _next;
            if (_underWay is not { IsCompleted: false } && Remaining() <= TimeSpan.Zero)
            {
                _began = time.GetTimestamp();
                return _underWay = Task.Run(read);
            }
            var before = _underWay;
            return _next = Task.Run(() => ReadAfter(before));
        }
    }

    private async Task<T> ReadAfter(Task? before)
    {
        if (before is not null) await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Remaining() is var remaining && remaining > TimeSpan.Zero) await Task.Delay(remaining, time, CancellationToken.None);
        lock (_gate)
        {
            _underWay = _next!;
            _next = null;
            _began = time.GetTimestamp();
        }
        return await read();
    }

    private TimeSpan Remaining() => _began is { } began ? pause - time.GetElapsedTime(began) : TimeSpan.Zero;
}
