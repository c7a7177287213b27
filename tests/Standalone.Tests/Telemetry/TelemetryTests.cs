using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Scoring.City.Commands;
using Scoring.Erasures;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Telemetry;

/// <summary>
/// Listens to every span and measurement of a platform in this process, as an exporter does: they contain no value of a person and no
/// subject number, enrolled or not. They also are what the table of metrics lists. Spans of other tests of this process are included, which
/// is harmless.
/// </summary>
public sealed class TelemetryTests
{
    private const string Service = "parking-desk";

    private static readonly string[] Settings = ["--Logging:LogLevel:Default=Warning", "--Metrics:LookSeconds=1"];

    private readonly ConcurrentQueue<string> _recorded = new();

    private readonly MeasuredTable _table = new();

    [Fact]
    public async Task No_span_and_no_measurement_identifies_a_person()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        using var measurements = Measurements();
        await using var platform = await InProcess.Start(Settings, timeout.Token);
        using var spans = Spans();
        using var session = new Session(platform.Standalone, [], "telemetry-tests", 4);
        using var sender = new EventSender(session);
        await using var database = new StandaloneDatabase(platform.Folder);
        var programme = await session.Platform.Programme("safe-driver", timeout.Token);
        var resident = (await session.Residents.Enrol(
            programme, [session.Residents.Draw("safe-driver", "enrolled")], _ => { }, timeout.Token))[0];
        var enrolled = new TracedPerson(resident, "event-of-the-enrolled-3c77", new Trip(1607, 853, 1291), resident.Grant!);
        var unenrolled = new TracedPerson(
            session.Residents.Draw("safe-driver", "stranger"), "event-of-the-stranger-9d41", new Trip(1733, 947, 1289),
            "grant-of-the-stranger-e07b");
        foreach (var person in new[] { enrolled, unenrolled })
        {
            (await sender.Send(sender.Event(person.Resident, person.EventId, person.Trip))).Status.ShouldBe(202);
            (await sender.SendBinary(sender.Event(person.Resident, person.EventId, person.Trip))).Status.ShouldBe(202);
            (await sender.Query(person.Grant)).Status.ShouldBe(200);
            await sender.SendRefused(person.Resident, person.EventId, person.Trip);
            // An enrolled subject is active now, so the stream delivers to it.
            (await sender.Send(sender.Event(person.Resident, person.EventId + "-later", person.Trip))).Status.ShouldBe(202);
        }
        await session.Platform.Score(
            session.Credentials.ParticipantToken(resident.Participant), "safe-driver", resident.Ordinal!.Value, timeout.Token);
        await _table.ShouldBeMeasured(timeout.Token);
        measurements.RecordObservableInstruments();

        var recorded = string.Join('\n', _recorded); // before this test itself queries the database
        var search = new ByteSearch(
        [
            .. enrolled.Traces(platform.Folder, Service), .. await enrolled.Stored(platform.Folder, database),
            .. unenrolled.Traces(platform.Folder, Service),
        ]);
        recorded.Split('\n').Where(line => search.In(Encoding.UTF8.GetBytes(line)).Count > 0).Distinct().ShouldBeEmpty();
        ShouldFindAPlantedValue(recorded, search, unenrolled);
    }

    /// <summary>Checks the search itself: known names are recorded, and a planted value is found.</summary>
    private void ShouldFindAPlantedValue(string recorded, ByteSearch search, TracedPerson unenrolled)
    {
        foreach (var known in (string[])["Microsoft.AspNetCore", "/v1/events", "Npgsql", "http.server.request.duration", "scoring.ledger"])
            recorded.ShouldContain(known);
        using var source = new ActivitySource("a test's own");
        using (var span = source.StartActivity("planted")) span!.SetTag("handle", unenrolled.EventId);
        search.In(Encoding.UTF8.GetBytes(string.Join('\n', _recorded))).ShouldContain("event id, bytes");
    }

    private ActivityListener Spans()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name != "System.Net.Http", // this test's own requests
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                _recorded.Enqueue($"{span.Source.Name} {span.OperationName} {span.DisplayName}");
                _recorded.Enqueue($"{span.StatusDescription} {span.TraceStateString}");
                foreach (var (name, value) in span.TagObjects.Concat(span.Events.SelectMany(e => e.Tags)))
                    _recorded.Enqueue($"{span.Source.Name} {name} {value}");
                foreach (var (name, value) in span.Baggage) _recorded.Enqueue($"{name} {value}");
                foreach (var e in span.Events) _recorded.Enqueue(e.Name);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private MeterListener Measurements()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                _table.Publish(instrument);
                l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<byte>((i, m, tags, _) => Record(i, m, tags));
        listener.SetMeasurementEventCallback<short>((i, m, tags, _) => Record(i, m, tags));
        listener.SetMeasurementEventCallback<int>((i, m, tags, _) => Record(i, m, tags));
        listener.SetMeasurementEventCallback<long>((i, m, tags, _) => Record(i, m, tags));
        listener.SetMeasurementEventCallback<float>((i, m, tags, _) => Record(i, m, tags));
        listener.SetMeasurementEventCallback<double>((i, m, tags, _) => Record(i, m, tags));
        listener.SetMeasurementEventCallback<decimal>((i, m, tags, _) => Record(i, m, tags));
        listener.Start();
        return listener;
    }

    private void Record<T>(Instrument instrument, T measured, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        _table.Record(instrument, tags);
        _recorded.Enqueue($"{instrument.Meter.Name} {instrument.Name} {measured}");
        foreach (var (name, value) in tags) _recorded.Enqueue($"{instrument.Name} {name} {value}");
    }
}
