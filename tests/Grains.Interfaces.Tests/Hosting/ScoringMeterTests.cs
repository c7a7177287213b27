using System.Diagnostics.Metrics;

namespace Scoring.Hosting;

public sealed class ScoringMeterTests
{
    [Fact]
    public void A_counter_without_tags_begins_at_0_and_no_other_instrument_is_measured()
    {
        var measured = new List<string>();
        using var listener = Listener(measured);
        ScoringMeter.Begin(typeof(TestMetrics));
        measured.Where(one => one.StartsWith("test.begin.", StringComparison.Ordinal)).ShouldBe(["test.begin.plain 0"]);
        var plain = ScoringMeter.Measures.Single(measure => measure.Instrument.Name == "test.begin.plain");
        (plain.Kind, plain.Instrument.Unit, plain.Instrument.Description, plain.Tags.Count).ShouldBe(("counter", "{thing}", "Things.", 0));
        ScoringMeter.Measures.Single(measure => measure.Instrument.Name == "test.begin.tagged").Tags.ShouldBe(["kind"]);
    }

    [Fact]
    public void A_name_has_one_instrument()
    {
        ScoringMeter.Counter("test.twice", "{thing}", "Things.");
        Should.Throw<InvalidOperationException>(() => ScoringMeter.Gauge("test.twice", "{thing}", "Things."))
            .Message.ShouldContain("test.twice");
    }

    /// <summary>Measurements are on the way of events, so they leave nothing to collect, also while an exporter listens.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_measurement_allocates_nothing(bool isListened)
    {
        using var listener = isListened ? Listener(null) : null;
        Repeat(10); // the first calls compile
        var before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(1000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        static void Repeat(int times)
        {
            for (var i = 0; i < times; i++)
            {
                TestMetrics.Plain.Add(1);
                TestMetrics.Tagged.Add(1, TestMetrics.Tag);
                TestMetrics.Times.Record(0.25, TestMetrics.Tag);
            }
        }
    }

    private static MeterListener Listener(List<string>? measured)
    {
        var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, heard) =>
        {
            if (instrument.Meter.Name == ScoringMeter.Name) heard.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => measured?.Add($"{instrument.Name} {value}"));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => measured?.Add($"{instrument.Name} {value}"));
        listener.Start();
        return listener;
    }

    private static class TestMetrics
    {
        public static readonly KeyValuePair<string, object?> Tag = new("kind", "one");

        public static readonly Counter<long> Plain = ScoringMeter.Counter("test.begin.plain", "{thing}", "Things.");

        public static readonly Counter<long> Tagged = ScoringMeter.Counter("test.begin.tagged", "{thing}", "Things by kind.", "kind");

        public static readonly Histogram<double> Times = ScoringMeter.Durations("test.begin.times", "Times.", [1, 2], "kind");
    }
}
