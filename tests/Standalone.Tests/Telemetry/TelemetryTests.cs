using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Scoring.City.Commands;
using Scoring.Erasures;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Telemetry;

/// <summary>
/// Takes everything that a platform in this process exports with every request traced, and listens to every measurement, exported or not:
/// none contains a value of a person or a subject number, enrolled or not. What is measured is what the table of metrics lists. What other
/// tests of this process do is included, which is harmless.
/// </summary>
public sealed class TelemetryTests
{
    private const string Service = "parking-desk";

    private readonly ConcurrentQueue<string> _recorded = new();

    private readonly MeasuredTable _table = new();

    [Fact]
    public async Task Nothing_that_is_exported_and_no_measurement_identifies_a_person()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        await using var collector = await OtlpReceiver.Start();
        var scrape = $"http://127.0.0.1:{FreePort()}";
        using var measurements = Measurements();
        await using var platform = await InProcess.Start(Settings(collector, scrape), timeout.Token);
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
        await Use(sender, enrolled, unenrolled);
        await session.Platform.Score(
            session.Credentials.ParticipantToken(resident.Participant), "safe-driver", resident.Ordinal!.Value, timeout.Token);
        await _table.ShouldBeMeasured(timeout.Token);
        measurements.RecordObservableInstruments();
        await Scrape(scrape + "/metrics", timeout.Token);
        await collector.UntilNext(timeout.Token);

        var recorded = string.Join('\n', _recorded);
        var search = new ByteSearch(
        [
            .. enrolled.Traces(platform.Folder, Service), .. await enrolled.Stored(platform.Folder, database),
            .. unenrolled.Traces(platform.Folder, Service),
        ]);
        recorded.Split('\n').Where(line => search.In(Encoding.UTF8.GetBytes(line)).Count > 0).Distinct().ShouldBeEmpty();
        foreach (var (path, bytes) in collector.Received) search.In(bytes).ShouldBeEmpty(path);
        string[] names = ["POST /v1/events", "POST /v1/scores/query", "append", "flush", "deliver", "fold"];
        names.ShouldBeSubsetOf(collector.Spans.Select(span => span.Name));
        ShouldFindAPlantedValue(recorded, search, unenrolled);
    }

    private async Task Scrape(string address, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var scraped = await http.GetStringAsync(address, cancellationToken);
        _table.ShouldBeExported(scraped);
        _recorded.Enqueue(scraped);
    }

    private static string[] Settings(OtlpReceiver collector, string scrape) =>
    [
        "--Logging:LogLevel:Default=Warning", $"--Telemetry:Endpoint={collector.Address}", "--Telemetry:SamplingRatio=1",
        "--Telemetry:ExportSeconds=1", $"--Telemetry:PrometheusUrl={scrape}", "--Metrics:LookSeconds=1",
    ];

    /// <summary>Sends what is accepted and what is refused about people.</summary>
    private static async Task Use(EventSender sender, params TracedPerson[] people)
    {
        foreach (var person in people)
        {
            (await sender.Send(sender.Event(person.Resident, person.EventId, person.Trip))).Status.ShouldBe(202);
            (await sender.SendBinary(sender.Event(person.Resident, person.EventId, person.Trip))).Status.ShouldBe(202);
            (await sender.Query(person.Grant)).Status.ShouldBe(200);
            await sender.SendRefused(person.Resident, person.EventId, person.Trip);
            // An enrolled subject is active now, so the stream delivers to it.
            (await sender.Send(sender.Event(person.Resident, person.EventId + "-later", person.Trip))).Status.ShouldBe(202);
        }
    }

    /// <summary>Checks the search itself: known names are recorded, and a planted value is found.</summary>
    private void ShouldFindAPlantedValue(string recorded, ByteSearch search, TracedPerson unenrolled)
    {
        string[] names = ["/v1/events", "Npgsql", "http.server.request.duration", "scoring.ledger", "scoring_ledger_appended_total"];
        foreach (var known in names)
            recorded.ShouldContain(known);
        using var meter = new Meter("a test's own");
        meter.CreateCounter<long>("planted").Add(1, new KeyValuePair<string, object?>("handle", unenrolled.EventId));
        search.In(Encoding.UTF8.GetBytes(string.Join('\n', _recorded))).ShouldContain("event id, bytes");
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

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
