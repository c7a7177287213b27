using System.Diagnostics;
using System.Diagnostics.Metrics;
using Scoring.Hosting;

namespace Scoring.Bench.Ingest;

/// <summary>Counts the entries that active subjects have folded, by the platform's metric.</summary>
public sealed class FoldCounter : IDisposable
{
    // The name is repeated here, because instruments are published before the class that names them is initialised.
    private const string Folded = "scoring.subjects.folded";

    private readonly MeterListener _listener = new();
    private long _count;
    private long _lastAt;

    /// <summary>Starts to count.</summary>
    public FoldCounter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == GrainMetrics.MeterName && instrument.Name == Folded) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, measurement, _, _) =>
        {
            Volatile.Write(ref _lastAt, Stopwatch.GetTimestamp());
            Interlocked.Add(ref _count, measurement);
        });
        _listener.Start();
    }

    /// <summary>The number of folded entries so far.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>The timestamp of the last folded entry.</summary>
    public long LastAt => Volatile.Read(ref _lastAt);

    /// <summary>Waits until the count does not change for a period. Returns the count.</summary>
    public async Task<long> WaitUntilStable(TimeSpan period, CancellationToken cancellationToken)
    {
        for (var last = -1L; ; await Task.Delay(period, cancellationToken))
        {
            if (last == Count) return last;
            last = Count;
        }
    }

    /// <summary>Waits until the count is reached; <see langword="false"/> when it is not reached in time.</summary>
    public async Task<bool> WaitFor(long count, TimeSpan max, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(max);
        while (Count < count && !timeout.IsCancellationRequested)
            await Task.Delay(1, timeout.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Count >= count;
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
