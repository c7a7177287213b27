using Scoring.Hosting;

namespace Scoring.Notices;

/// <summary>Counts the open streams of this process, and keeps to their maximum.</summary>
internal sealed class LiveStreams(PortalOptions options)
{
    private int _open;

    /// <summary>How many are open.</summary>
    public int Count => Volatile.Read(ref _open);

    /// <summary>Opens one; <see langword="null"/> at the maximum. Disposing of the answer closes it.</summary>
    public IDisposable? TryOpen()
    {
        if (Interlocked.Increment(ref _open) <= options.LiveStreamsMax) return new Place(this);
        Interlocked.Decrement(ref _open);
        return null;
    }

    private sealed class Place(LiveStreams streams) : IDisposable
    {
        private int _closed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _closed, 1) == 0) Interlocked.Decrement(ref streams._open);
        }
    }
}
