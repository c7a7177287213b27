using System.Diagnostics.Metrics;

namespace Scoring.Bridge.Health;

/// <summary>Counts what the bridge does. No measurement has a tag, so none can name a person.</summary>
internal sealed class BridgeMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Scoring.Bridge";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _carried;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _retried;
    private long _carriedTotal;
    private long _refusedTotal;
    private long _retriedTotal;

    /// <summary>Creates the meter.</summary>
    public BridgeMetrics()
    {
        _carried = _meter.CreateCounter<long>("scoring.bridge.carried", "{event}", "Events that the platform took.");
        _refused = _meter.CreateCounter<long>("scoring.bridge.refused", "{event}", "Events that are dead letters.");
        _retried = _meter.CreateCounter<long>("scoring.bridge.retried", "{pause}", "Pauses after which a batch was tried again.");
    }

    /// <summary>Events that the platform took.</summary>
    public long CarriedTotal => Interlocked.Read(ref _carriedTotal);

    /// <summary>Events that are dead letters.</summary>
    public long RefusedTotal => Interlocked.Read(ref _refusedTotal);

    /// <summary>Pauses after which something was tried again.</summary>
    public long RetriedTotal => Interlocked.Read(ref _retriedTotal);

    /// <summary>Says how to read what waits.</summary>
    public void Watch(Func<long> lag, Func<long> buffered)
    {
        _meter.CreateObservableGauge("scoring.bridge.lag", lag, "{delivery}", "What waits at the origin: messages, or files.");
        _meter.CreateObservableGauge("scoring.bridge.buffered", buffered, "{event}", "Events that the bridge holds in memory.");
    }

    /// <summary>Counts events that the platform took.</summary>
    public void Carried(int count)
    {
        _carried.Add(count);
        Interlocked.Add(ref _carriedTotal, count);
    }

    /// <summary>Counts a dead letter.</summary>
    public void Refused()
    {
        _refused.Add(1);
        Interlocked.Increment(ref _refusedTotal);
    }

    /// <summary>Counts a pause.</summary>
    public void Retried()
    {
        _retried.Add(1);
        Interlocked.Increment(ref _retriedTotal);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
