using System.Text;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.Hosting;

namespace Scoring.Canaries;

/// <summary>
/// DESIGN §1.1 and §5 on the files of a real platform: who is not enrolled leaves nothing in any of them, the write-ahead log included, nor
/// in what is printed at the most talkative level; who has withdrawn, nothing outside that log once it is swept, free space of pages
/// included. The same search finds who is enrolled, and the withdrawn before, or it would prove nothing.
/// </summary>
public sealed class CanaryTests
{
    private const string Service = "parking-desk";

    private static readonly string[] Talkative =
    [
        "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace",
        "--Logging:LogLevel:Npgsql=Trace", "--Logging:LogLevel:Orleans=Trace", "--Logging:LogLevel:Scoring=Trace",
        "--Enrolments:SweepSeconds=1",
    ];

    /// <summary>So small that a batch of four is past the backlog, and a handful of requests past the rate.</summary>
    private static readonly string[] Tiny =
        ["--Ledger:BacklogRowsMax=3", "--Gateway:Limits:RequestsPerSecond=1", "--Gateway:Limits:RequestsBurst=8"];

    [Fact]
    public async Task Who_never_enrolled_and_who_has_withdrawn_are_found_nowhere()
    {
        using var scratch = new ScratchFolder();
        var printed = new StringBuilder();
        Person stays, leaves, stranger;
        IReadOnlyList<(string What, byte[] Bytes)> left;
        IReadOnlySet<string> before;
        await using (var platform = await StandaloneProcess.Start(scratch.Path, developmentClock: false, Talkative))
        {
            using var session = platform.Session();
            using var sending = new Sending(session);
            await using var database = new StandaloneDatabase(scratch.Path);
            stays = await Enrol(session, "stays", "event-of-who-stays-7f2c", new Trip(1607, 853, 1291));
            leaves = await Enrol(session, "leaves", "event-of-who-leaves-51ab", new Trip(1831, 971, 1223));
            stranger = new Person(
                session.TownHall.Meet("safe-driver", "stranger"), "event-of-the-stranger-9d41", new Trip(1733, 947, 1289),
                "grant-of-the-stranger-e07b");
            foreach (var person in new[] { stays, leaves, stranger })
            {
                await Send(sending, person);
                (await sending.Ask(person.Grant)).Status.ShouldBe(200);
            }
            await sending.Err(stranger.Resident, stranger.EventId, stranger.Trip);
            await sending.Err(leaves.Resident, leaves.EventId, leaves.Trip);
            (await sending.Ask(stranger.Grant, "no-token")).Status.ShouldBe(401);
            (await sending.Ask(stranger.Grant, session.Standalone.Services.First(s => s.Id != Service).Token)).Status.ShouldBe(200);

            left = [.. leaves.Traces(scratch.Path, Service), .. await leaves.Stored(scratch.Path, database)];
            await database.Checkpoint();
            before = Found(scratch.Path, left);
            await database.Analyze(); // samples of everybody's values, had statistics been allowed to keep them
            await Withdraw(session, leaves);
            await database.Swept();
            await Send(sending, leaves);
            await platform.Kill();
            printed.Append(platform.Printed);
        }
        await using (var platform = await StandaloneProcess.Start(scratch.Path, developmentClock: false, [.. Talkative, .. Tiny]))
        {
            using var session = platform.Session();
            using var sending = new Sending(session);
            await Overload(sending, stranger, leaves);
            Traces(scratch.Path, stranger).ShouldBeEmpty("while it runs, temporary files too");
            await platform.Stop();
            printed.Append(platform.Printed);
        }

        var text = Encoding.UTF8.GetBytes(printed.ToString());
        (string What, byte[] Bytes)[] gone = [.. stranger.Traces(scratch.Path, Service), .. left];
        this.ShouldSatisfyAllConditions(
            () => Traces(scratch.Path, stranger).ShouldBeEmpty("never enrolled"),
            () => new ByteSearch(left).InFolder(scratch.Path, IsWriteAheadLog).ShouldBeEmpty("withdrawn"),
            () => Temporary(scratch.Path, gone).ShouldBeEmpty("temporary files"),
            () => new ByteSearch([.. gone, .. stays.Traces(scratch.Path, Service)]).In(text).ShouldBeEmpty("printed"));

        // The search finds who is there.
        string[] stored =
            ["attributes, bytes", "event key, bytes", "grant hash, bytes", "handle hash, bytes", "locator, bytes", "reference, bytes"];
        stored.Except(Found(scratch.Path, stays.Traces(scratch.Path, Service))).ShouldBeEmpty();
        stored.Union(["entry key, bytes", "ledger key, bytes", "name in lists, bytes", "receipt's signature", "subject, little-endian"])
            .Except(before).ShouldBeEmpty();
        printed.ToString().ShouldContain("dbug: ");
    }

    private static async Task<Person> Enrol(Session session, string who, string eventId, Trip trip)
    {
        var programme = await session.Participation.Programme("safe-driver", CancellationToken.None);
        var enrolled = await session.TownHall.Enrol(
            programme, [session.TownHall.Meet("safe-driver", who)], _ => { }, CancellationToken.None);
        return new Person(enrolled[0], eventId, trip, enrolled[0].Grant!);
    }

    private static async Task Send(Sending sending, Person person)
    {
        var e = sending.Event(person.Resident, person.EventId, person.Trip);
        for (var i = 0; i < 3; i++) (await sending.Send(e)).ShouldBe((202, ""));
        (await sending.SendBinary(e)).ShouldBe((202, ""));
        (await sending.Send(new JsonArray(e.DeepClone(), e.DeepClone()), "application/cloudevents-batch+json")).ShouldBe((202, ""));
    }

    private static async Task Overload(Sending sending, params Person[] people)
    {
        var four = new JsonArray([.. people.Concat(people).Select(p => (JsonNode)sending.Event(p.Resident, p.EventId, p.Trip))]);
        var statuses = new List<int>();
        for (var i = 0; i < 12; i++) statuses.Add((await sending.Send(four, "application/cloudevents-batch+json")).Status);
        for (var i = 0; i < 12; i++) statuses.Add((await sending.Ask(people[i % people.Length].Grant)).Status);
        statuses.ShouldContain(503);
        statuses.ShouldContain(429);
        statuses.ShouldContain(200);
    }

    private static async Task Withdraw(Session session, Person person)
    {
        var token = session.Credentials.ParticipantToken(person.Resident.Participant);
        await session.Api.Ask(
            HttpMethod.Delete, $"/v1/me/subjects/safe-driver/{person.Resident.Ordinal}", token, null, CancellationToken.None);
    }

    private static IReadOnlyList<string> Traces(string folder, Person person)
    {
        var traces = person.Traces(folder, Service).ToArray();
        return [.. new ByteSearch(traces).InFolder(folder), .. Temporary(folder, traces)];
    }

    private static IReadOnlyList<string> Temporary(string folder, IEnumerable<(string What, byte[] Bytes)> traces) =>
        new ByteSearch(traces).InFolder(StandaloneProcess.TemporaryFolder(folder));

    private static IReadOnlySet<string> Found(string folder, IEnumerable<(string What, byte[] Bytes)> traces) =>
        new ByteSearch(traces).InFolder(folder, IsWriteAheadLog)
            .Select(found => found[(found.IndexOf(':', StringComparison.Ordinal) + 2)..]).ToHashSet();

    private static bool IsWriteAheadLog(string file) => file.Contains("/pg_wal/", StringComparison.Ordinal);
}
