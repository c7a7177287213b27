using System.Diagnostics.Metrics;
using Scoring.Storage;

namespace Scoring.Metrics;

/// <summary>
/// Counts connections by pool. Npgsql's own meter counts them too, but names a pool without a name, such as those of Orleans' providers, by
/// its connection string. So only the names of the silo's own pools are passed on, and the others are one.
/// </summary>
internal sealed class ConnectionCount : IDisposable
{
    private const string Others = "other";

    private readonly MeterListener _listener = new();
    private readonly Dictionary<(string Pool, string State), long> _counts = [];
    private readonly Dictionary<string, long> _limits = [];

    /// <summary>Starts to listen.</summary>
    public ConnectionCount()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "Npgsql", Name: "db.client.connection.count" or "db.client.connection.max" })
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, measured, tags, _) => Add(instrument, measured, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, measured, tags, _) => Add(instrument, measured, tags));
        _listener.Start();
    }

    /// <summary>Measures the connections as they are now. Calls must not overlap.</summary>
    public void Record()
    {
        foreach (var counted in _counts.Keys.ToArray()) _counts[counted] = 0;
        _limits.Clear();
        _listener.RecordObservableInstruments();
        foreach (var ((pool, state), count) in _counts) BacklogMetrics.Connections.Record(count, new("pool", pool), new("state", state));
        foreach (var (pool, limit) in _limits) BacklogMetrics.ConnectionsMax.Record(limit, new KeyValuePair<string, object?>("pool", pool));
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, long measured, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var pool = Others;
        var state = "";
        foreach (var (name, value) in tags)
        {
            if (name == "db.client.connection.pool.name" && LedgerDatabase.PoolOf(value as string) is { } own) pool = own;
            else if (name == "db.client.connection.state") state = value is "used" ? "used" : "idle";
        }
        if (state.Length > 0) _counts[(pool, state)] = _counts.GetValueOrDefault((pool, state)) + measured;
        else if (pool != Others) _limits[pool] = _limits.GetValueOrDefault(pool) + measured;
    }
}
