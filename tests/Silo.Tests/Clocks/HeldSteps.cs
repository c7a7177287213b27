using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Scoring.Hosting;

namespace Scoring.Clocks;

/// <summary>Notes the steps that were held, from its creation on.</summary>
internal sealed class HeldSteps : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _held = new();

    public HeldSteps()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == GrainMetrics.MeterName && instrument.Name == "scoring.background.held")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Step((string)tags[0].Value!).TrySetResult());
        _listener.Start();
    }

    /// <summary>Returns when each of these steps was held, at most after half a minute.</summary>
    public Task Wait(params string[] steps) =>
        Task.WhenAll(steps.Select(step => Step(step).Task)).WaitAsync(TimeSpan.FromSeconds(30));

    public void Dispose() => _listener.Dispose();

    private TaskCompletionSource Step(string name) =>
        _held.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
