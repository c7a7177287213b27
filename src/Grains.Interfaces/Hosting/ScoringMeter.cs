using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Scoring.Hosting;

/// <summary>
/// The platform's one meter. Every instrument of silos and gateways is made here, with its unit, its description and the names of its tags,
/// so <c>docs/operations.md</c> lists exactly what is measured. Classes named <c>*Metrics</c> hold them. Without a listener a measurement
/// costs a comparison. No tag names a person, a handle, a grant or a subject.
/// </summary>
public static class ScoringMeter
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "Scoring";

    private static readonly Meter Meter = new(Name);

    private static readonly ConcurrentDictionary<string, Measure> Made = new();

    /// <summary>The instruments that were made in this process so far, in the order of their names.</summary>
    public static IReadOnlyList<Measure> Measures =>
        [.. Made.Values.OrderBy(measure => measure.Instrument.Name, StringComparer.Ordinal)];

    /// <summary>Makes a counter of things that only grows.</summary>
    public static Counter<long> Counter(string name, string unit, string description, params IReadOnlyList<string> tags) =>
        Add(Meter.CreateCounter<long>(name, unit, description), tags);

    /// <summary>Makes a number that rises and falls and may be added up over processes.</summary>
    public static UpDownCounter<long> UpDownCounter(string name, string unit, string description, params IReadOnlyList<string> tags) =>
        Add(Meter.CreateUpDownCounter<long>(name, unit, description), tags);

    /// <summary>Makes a number of things that is looked at from time to time.</summary>
    public static Gauge<long> Gauge(string name, string unit, string description, params IReadOnlyList<string> tags) =>
        Add(Meter.CreateGauge<long>(name, unit, description), tags);

    /// <summary>Makes an age in seconds that is looked at from time to time.</summary>
    public static Gauge<double> Age(string name, string description, params IReadOnlyList<string> tags) =>
        Add(Meter.CreateGauge<double>(name, "s", description), tags);

    /// <summary>Makes a distribution of durations in seconds.</summary>
    /// <param name="name">The name.</param>
    /// <param name="description">What is measured.</param>
    /// <param name="bounds">The upper bounds of an exporter's buckets, ascending, in seconds.</param>
    /// <param name="tags">The names of its tags.</param>
    public static Histogram<double> Durations(
        string name, string description, IReadOnlyList<double> bounds, params IReadOnlyList<string> tags) => Add(
        Meter.CreateHistogram(
            name, "s", description, tags: null, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds }), tags);

    /// <summary>Makes a distribution of numbers of things.</summary>
    /// <param name="name">The name.</param>
    /// <param name="unit">The thing, in braces.</param>
    /// <param name="description">What is measured.</param>
    /// <param name="bounds">The upper bounds of an exporter's buckets, ascending.</param>
    public static Histogram<long> Sizes(string name, string unit, string description, IReadOnlyList<long> bounds) => Add(
        Meter.CreateHistogram(
            name, unit, description, tags: null, advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = bounds }), []);

    /// <summary>
    /// Makes the instruments of classes, and begins their counters without tags at 0. An alert sees an increase only from a value that was
    /// exported before, so a process calls this when its exporters run.
    /// </summary>
    /// <param name="holders">The classes.</param>
    public static void Begin(params ReadOnlySpan<Type> holders)
    {
        foreach (var holder in holders) RuntimeHelpers.RunClassConstructor(holder.TypeHandle);
        foreach (var measure in Made.Values)
            if (measure is { Instrument: Counter<long> counter, Tags.Count: 0 }) counter.Add(0);
    }

    private static T Add<T>(T instrument, IReadOnlyList<string> tags)
        where T : Instrument
    {
        if (!Made.TryAdd(instrument.Name, new Measure(instrument, tags)))
            throw new InvalidOperationException($"The metric {instrument.Name} is made twice.");
        return instrument;
    }
}

/// <summary>An instrument of the platform.</summary>
/// <param name="Instrument">The instrument, with its name, unit and description.</param>
/// <param name="Tags">The names of the tags that each of its measurements has.</param>
public sealed record Measure(Instrument Instrument, IReadOnlyList<string> Tags)
{
    /// <summary>The kind in the words of OpenTelemetry: counter, updowncounter, gauge or histogram.</summary>
    public string Kind => Instrument.GetType().Name.Split('`')[0].ToLowerInvariant();
}
