using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Scoring.Hosting;

namespace Scoring.Testing;

/// <summary>
/// Notes what the platform's meter measures, from its creation on. Other tests of the process measure at the same time, so by default it
/// notes only what the flow of control measures that has made it, and what that flow begins.
/// </summary>
public sealed class MeasureListener : IDisposable
{
    private static readonly AsyncLocal<MeasureListener?> OfFlow = new();

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, (int Count, double Sum, double Last)> _measured = new();
    private readonly bool _isOfAllFlows;

    /// <summary>Starts to listen.</summary>
    /// <param name="ofAllFlows">Whether it notes every measurement of the process.</param>
    public MeasureListener(bool ofAllFlows = false)
    {
        _isOfAllFlows = ofAllFlows;
        OfFlow.Value = this;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ScoringMeter.Name) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, measured, tags, _) => Add(instrument, measured, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, measured, tags, _) => Add(instrument, measured, tags));
        _listener.Start();
    }

    /// <summary>What was measured: names of metrics, each with its tags behind it as <c>{name=value,…}</c>, ordered by name.</summary>
    public IEnumerable<string> Names => _measured.Keys;

    /// <summary>How often a metric was measured.</summary>
    public int Count(string name) => _measured.GetValueOrDefault(name).Count;

    /// <summary>The sum of what was measured.</summary>
    public double Sum(string name) => _measured.GetValueOrDefault(name).Sum;

    /// <summary>What was measured last; <see langword="null"/> when nothing was.</summary>
    public double? Last(string name) => _measured.TryGetValue(name, out var measured) ? measured.Last : null;

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double measured, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_isOfAllFlows && OfFlow.Value != this) return;
        var names = tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}");
        _measured.AddOrUpdate(
            tags.IsEmpty ? instrument.Name : $"{instrument.Name}{{{string.Join(',', names)}}}", _ => (1, measured, measured),
            (_, before) => (before.Count + 1, before.Sum + measured, measured));
    }
}
