using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Erasures;

/// <summary>
/// Tests DESIGN §1.1 and §5 on the files of a real platform. An unenrolled person leaves no trace in any file, the write-ahead log and the
/// trace log included. A withdrawn subject leaves none outside the write-ahead log after the sweep, free space of pages included. The same
/// search finds the enrolled subject, and the withdrawn one before the withdrawal: otherwise it would prove nothing.
/// </summary>
public sealed class CanaryTests : IDisposable
{
    private const string Service = "parking-desk";

    private static readonly string[] TraceLogging =
    [
        "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace",
        "--Logging:LogLevel:Npgsql=Trace", "--Logging:LogLevel:Orleans=Trace", "--Logging:LogLevel:Scoring=Trace",
        "--Enrolments:SweepSeconds=1",
    ];

    /// <summary>Limits so small that a batch of four exceeds the backlog, and a few requests exceed the rate.</summary>
    private static readonly string[] TinyLimits =
        ["--Ledger:BacklogRowsMax=3", "--Gateway:Limits:RequestsPerSecond=1", "--Gateway:Limits:RequestsBurst=8"];

    private readonly ScratchFolder _scratch = new();
    private readonly StringBuilder _printed = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task No_trace_is_found_of_the_never_enrolled_and_the_withdrawn()
    {
        TracedPerson stays, leaves, unenrolled;
        (string What, byte[] Bytes)[] withdrawn;
        IReadOnlySet<string> foundBefore;
        await using (var platform = await StandaloneProcess.Start(_scratch.Path, developmentClock: false, TraceLogging))
        {
            using var session = platform.Session();
            using var sender = new EventSender(session);
            await using var database = new StandaloneDatabase(_scratch.Path);
            stays = await Enrol(session, "stays", "event-of-who-stays-7f2c", new Trip(1607, 853, 1291));
            leaves = await Enrol(session, "leaves", "event-of-who-leaves-51ab", new Trip(1831, 971, 1223));
            unenrolled = new TracedPerson(
                session.Residents.Draw("safe-driver", "stranger"), "event-of-the-stranger-9d41", new Trip(1733, 947, 1289),
                "grant-of-the-stranger-e07b");
            await Use(session, sender, stays, leaves, unenrolled);

            withdrawn = [.. leaves.Traces(_scratch.Path, Service), .. await leaves.Stored(_scratch.Path, database)];
            await database.Checkpoint();
            foundBefore = Found(withdrawn);
            await database.Analyze(); // would keep samples of the values if statistics of these columns were allowed
            await Withdraw(session, leaves);
            await database.Swept();
            await Send(sender, leaves);
            await platform.Kill();
            _printed.Append(platform.Printed);
        }
        await OverloadAfterRestart(unenrolled, leaves);

        this.ShouldSatisfyAllConditions(
            () => Traces(unenrolled).ShouldBeEmpty("never enrolled"),
            () => new ByteSearch(withdrawn).InFolder(_scratch.Path, IsWriteAheadLog).ShouldBeEmpty("withdrawn"),
            () => Temporary([.. unenrolled.Traces(_scratch.Path, Service), .. withdrawn]).ShouldBeEmpty("temporary files"),
            () => new ByteSearch([.. unenrolled.Traces(_scratch.Path, Service), .. withdrawn, .. stays.Traces(_scratch.Path, Service)])
                .In(Encoding.UTF8.GetBytes(_printed.ToString())).ShouldBeEmpty("printed"));
        ShouldFindTheEnrolled(stays, foundBefore);
    }

    private static async Task<TracedPerson> Enrol(Session session, string name, string eventId, Trip trip)
    {
        var programme = await session.Platform.Programme("safe-driver", CancellationToken.None);
        var enrolled = await session.Residents.Enrol(
            programme, [session.Residents.Draw("safe-driver", name)], _ => { }, CancellationToken.None);
        return new TracedPerson(enrolled[0], eventId, trip, enrolled[0].Grant!);
    }

    /// <summary>Sends valid and refused events and queries about each person.</summary>
    private static async Task Use(Session session, EventSender sender, TracedPerson stays, TracedPerson leaves, TracedPerson unenrolled)
    {
        foreach (var person in new[] { stays, leaves, unenrolled })
        {
            await Send(sender, person);
            (await sender.Query(person.Grant)).Status.ShouldBe(200);
        }
        await sender.SendRefused(unenrolled.Resident, unenrolled.EventId, unenrolled.Trip);
        await sender.SendRefused(leaves.Resident, leaves.EventId, leaves.Trip);
        (await sender.Query(unenrolled.Grant, "no-token")).Status.ShouldBe(401);
        (await sender.Query(unenrolled.Grant, session.Standalone.Services.First(s => s.Id != Service).Token)).Status.ShouldBe(200);
    }

    private async Task OverloadAfterRestart(TracedPerson unenrolled, TracedPerson leaves)
    {
        await using var platform = await StandaloneProcess.Start(_scratch.Path, developmentClock: false, [.. TraceLogging, .. TinyLimits]);
        using var session = platform.Session();
        using var sender = new EventSender(session);
        await Overload(sender, unenrolled, leaves);
        Traces(unenrolled).ShouldBeEmpty("while the platform runs, temporary files included");
        await platform.Stop();
        _printed.Append(platform.Printed);
    }

    /// <summary>Checks the search itself: it finds the enrolled subject, and the withdrawn one before the withdrawal.</summary>
    private void ShouldFindTheEnrolled(TracedPerson stays, IReadOnlySet<string> foundBefore)
    {
        string[] stored =
            ["attributes, bytes", "event key, bytes", "grant hash, bytes", "handle hash, bytes", "locator, bytes", "reference, bytes"];
        stored.Except(Found(stays.Traces(_scratch.Path, Service))).ShouldBeEmpty();
        stored.Union(["entry key, bytes", "ledger key, bytes", "name in lists, bytes", "receipt's signature", "subject, little-endian"])
            .Except(foundBefore).ShouldBeEmpty();
        _printed.ToString().ShouldContain("dbug: ");
    }

    private static async Task Send(EventSender sender, TracedPerson person)
    {
        var e = sender.Event(person.Resident, person.EventId, person.Trip);
        for (var i = 0; i < 3; i++) (await sender.Send(e)).ShouldBe((202, ""));
        (await sender.SendBinary(e)).ShouldBe((202, ""));
        (await sender.Send(new JsonArray(e.DeepClone(), e.DeepClone()), "application/cloudevents-batch+json")).ShouldBe((202, ""));
    }

    private static async Task Overload(EventSender sender, params TracedPerson[] people)
    {
        var four = new JsonArray([.. people.Concat(people).Select(p => (JsonNode)sender.Event(p.Resident, p.EventId, p.Trip))]);
        var statuses = new List<int>();
        for (var i = 0; i < 12; i++) statuses.Add((await sender.Send(four, "application/cloudevents-batch+json")).Status);
        for (var i = 0; i < 12; i++) statuses.Add((await sender.Query(people[i % people.Length].Grant)).Status);
        statuses.ShouldContain(503);
        statuses.ShouldContain(429);
        statuses.ShouldContain(200);
    }

    private static async Task Withdraw(Session session, TracedPerson person)
    {
        var token = session.Credentials.ParticipantToken(person.Resident.Participant);
        await session.Api.SendJson(
            HttpMethod.Delete, $"/v1/me/subjects/safe-driver/{person.Resident.Ordinal}", token, null, CancellationToken.None);
    }

    private IReadOnlyList<string> Traces(TracedPerson person)
    {
        var traces = person.Traces(_scratch.Path, Service).ToArray();
        return [.. new ByteSearch(traces).InFolder(_scratch.Path), .. Temporary(traces)];
    }

    private IReadOnlyList<string> Temporary(IEnumerable<(string What, byte[] Bytes)> traces) =>
        new ByteSearch(traces).InFolder(StandaloneProcess.TemporaryFolder(_scratch.Path));

    private IReadOnlySet<string> Found(IEnumerable<(string What, byte[] Bytes)> traces) =>
        new ByteSearch(traces).InFolder(_scratch.Path, IsWriteAheadLog)
            .Select(found => found[(found.IndexOf(':', StringComparison.Ordinal) + 2)..]).ToHashSet();

    private static bool IsWriteAheadLog(string file) => file.Contains("/pg_wal/", StringComparison.Ordinal);
}
