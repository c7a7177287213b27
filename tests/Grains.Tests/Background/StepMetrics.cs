using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Scoring.Hosting;

namespace Scoring.Background;

/// <summary>Adds up the metrics of background steps, by metric and step, from its creation on.</summary>
internal sealed class StepMetrics : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _sums = new();

    public StepMetrics()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != GrainMetrics.MeterName) return;
            if (instrument.Name.StartsWith("scoring.background.", StringComparison.Ordinal)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            tags.Length.ShouldBe(1);
            tags[0].Key.ShouldBe("step");
            _sums.AddOrUpdate($"{instrument.Name} {tags[0].Value}", value, (_, sum) => sum + value);
        });
        _listener.Start();
    }

    public long Failures(string step) => Sum("failures", step);

    public long Failing(string step) => Sum("failing", step);

    public long Held(string step) => Sum("held", step);

    public void Dispose() => _listener.Dispose();

    private long Sum(string metric, string step) => _sums.GetValueOrDefault($"scoring.background.{metric} {step}");
}
