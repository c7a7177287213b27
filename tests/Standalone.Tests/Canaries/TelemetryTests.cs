using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Scoring.City.Commands;
using Scoring.Testing;

namespace Scoring.Canaries;

/// <summary>
/// Every span and every measurement of a platform in this process, heard as an exporter would hear them: nobody's values and no subject's
/// number are in them, enrolled or not. Other tests of this process are heard too, which does no harm.
/// </summary>
public sealed class TelemetryTests
{
    private const string Service = "parking-desk";

    private readonly ConcurrentQueue<string> _heard = new();

    [Fact]
    public async Task No_span_and_no_measurement_says_anything_of_anybody()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        await using var platform = await InProcess.Start(["--Logging:LogLevel:Default=Warning"], patience.Token);
        using var spans = Spans();
        using var measures = Measures();
        using var session = new Session(platform.Standalone, [], "telemetry-tests", 4);
        using var sending = new Sending(session);
        await using var database = new StandaloneDatabase(platform.Folder);
        var programme = await session.Participation.Programme("safe-driver", patience.Token);
        var resident = (await session.TownHall.Enrol(
            programme, [session.TownHall.Meet("safe-driver", "enrolled")], _ => { }, patience.Token))[0];
        var enrolled = new Person(resident, "event-of-the-enrolled-3c77", new Trip(1607, 853, 1291), resident.Grant!);
        var stranger = new Person(
            session.TownHall.Meet("safe-driver", "stranger"), "event-of-the-stranger-9d41", new Trip(1733, 947, 1289),
            "grant-of-the-stranger-e07b");
        foreach (var person in new[] { enrolled, stranger })
        {
            (await sending.Send(sending.Event(person.Resident, person.EventId, person.Trip))).Status.ShouldBe(202);
            (await sending.SendBinary(sending.Event(person.Resident, person.EventId, person.Trip))).Status.ShouldBe(202);
            (await sending.Ask(person.Grant)).Status.ShouldBe(200);
            await sending.Err(person.Resident, person.EventId, person.Trip);
        }
        await session.Participation.Score(
            session.Credentials.ParticipantToken(resident.Participant), "safe-driver", resident.Ordinal!.Value, patience.Token);
        measures.RecordObservableInstruments();

        var heard = string.Join('\n', _heard); // before this test itself asks the database
        var search = new ByteSearch(
        [
            .. enrolled.Traces(platform.Folder, Service), .. await enrolled.Stored(platform.Folder, database),
            .. stranger.Traces(platform.Folder, Service),
        ]);
        heard.Split('\n').Where(line => search.In(Encoding.UTF8.GetBytes(line)).Count > 0).Distinct().ShouldBeEmpty();

        foreach (var known in (string[])["Microsoft.AspNetCore", "/v1/events", "Npgsql", "http.server.request.duration", "scoring.ledger"])
            heard.ShouldContain(known);
        using var source = new ActivitySource("a test's own");
        using (var span = source.StartActivity("planted")) span!.SetTag("handle", stranger.EventId);
        search.In(Encoding.UTF8.GetBytes(string.Join('\n', _heard))).ShouldContain("event id, bytes");
    }

    private ActivityListener Spans()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name != "System.Net.Http", // this test's own requests
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                _heard.Enqueue($"{span.Source.Name} {span.OperationName} {span.DisplayName}");
                _heard.Enqueue($"{span.StatusDescription} {span.TraceStateString}");
                foreach (var (name, value) in span.TagObjects.Concat(span.Events.SelectMany(e => e.Tags)))
                    _heard.Enqueue($"{span.Source.Name} {name} {value}");
                foreach (var (name, value) in span.Baggage) _heard.Enqueue($"{name} {value}");
                foreach (var e in span.Events) _heard.Enqueue(e.Name);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private MeterListener Measures()
    {
        var listener = new MeterListener { InstrumentPublished = (instrument, l) => l.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<byte>((i, m, tags, _) => Note(i, m, tags));
        listener.SetMeasurementEventCallback<short>((i, m, tags, _) => Note(i, m, tags));
        listener.SetMeasurementEventCallback<int>((i, m, tags, _) => Note(i, m, tags));
        listener.SetMeasurementEventCallback<long>((i, m, tags, _) => Note(i, m, tags));
        listener.SetMeasurementEventCallback<float>((i, m, tags, _) => Note(i, m, tags));
        listener.SetMeasurementEventCallback<double>((i, m, tags, _) => Note(i, m, tags));
        listener.SetMeasurementEventCallback<decimal>((i, m, tags, _) => Note(i, m, tags));
        listener.Start();
        return listener;
    }

    private void Note<T>(Instrument instrument, T measured, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        _heard.Enqueue($"{instrument.Meter.Name} {instrument.Name} {measured}");
        foreach (var (name, value) in tags) _heard.Enqueue($"{instrument.Name} {name} {value}");
    }
}
