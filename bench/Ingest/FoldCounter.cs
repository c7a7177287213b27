using System.Diagnostics.Metrics;
using Scoring.Hosting;

namespace Scoring.Bench.Ingest;

/// <summary>Hears how many entries awake subjects have folded.</summary>
public sealed class FoldCounter : IDisposable
{
    // By its name: instruments are published while the class that names them is still being made.
    private const string Folded = "scoring.subjects.folded";

    private readonly MeterListener _listener = new();
    private long _count;

    /// <summary>Listens from now on.</summary>
    public FoldCounter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == GrainMetrics.MeterName && instrument.Name == Folded) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, more, _, _) => Interlocked.Add(ref _count, more));
        _listener.Start();
    }

    /// <summary>How many so far.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Returns the count once it has stood still for so long.</summary>
    public async Task<long> WaitUntilStable(TimeSpan still, CancellationToken cancellationToken)
    {
        for (var last = -1L; ; await Task.Delay(still, cancellationToken))
        {
            if (last == Count) return last;
            last = Count;
        }
    }

    /// <summary>Waits until the count is reached; <see langword="false"/> when it is not within the bound.</summary>
    public async Task<bool> WaitFor(long count, TimeSpan max, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(max);
        while (Count < count && !patience.IsCancellationRequested)
            await Task.Delay(1, patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Count >= count;
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
