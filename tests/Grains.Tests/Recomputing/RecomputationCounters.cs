using System.Diagnostics.Metrics;
using Scoring.Hosting;

namespace Scoring.Recomputing;

/// <summary>Adds up the recomputation counters from its creation on. Tests that run in parallel count too.</summary>
internal sealed class RecomputationCounters : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _checked;
    private long _mismatches;

    public RecomputationCounters()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == GrainMetrics.MeterName) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (instrument.Name == "scoring.recomputation.checked") Interlocked.Add(ref _checked, value);
            if (instrument.Name != "scoring.recomputation.mismatches") return;
            tags.Length.ShouldBe(0);
            Interlocked.Add(ref _mismatches, value);
        });
        _listener.Start();
    }

    public long Checked => Interlocked.Read(ref _checked);

    public long Mismatches => Interlocked.Read(ref _mismatches);

    public void Dispose() => _listener.Dispose();
}
