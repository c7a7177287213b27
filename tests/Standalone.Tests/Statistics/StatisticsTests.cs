using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Hosting;

namespace Scoring.Statistics;

/// <summary>A month's statistics over HTTP: they appear on their day, hide what is few, and are the same bytes for ever.</summary>
public sealed class StatisticsTests
{
    private const string Programme = ProgrammeNames.SafeDriver;
    private const string Address = $"/v1/programmes/{Programme}/statistics/2020-03";

    private static readonly DateTimeOffset Start = new(2020, 3, 2, 17, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_months_statistics_appear_when_nothing_of_it_can_come_in_any_more_and_never_change()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        var cancellationToken = patience.Token;
        using var scratch = new ScratchFolder();
        await using var platform = await StandaloneProcess.Start(scratch.Path, developmentClock: true, "--Statistics:LookSeconds=1");
        using var session = platform.Session();
        using var http = new HttpClient { BaseAddress = session.Standalone.Address };
        var time = session.Clock();
        var programme = await session.Participation.Programme(Programme, cancellationToken);
        await time.Set(Start, programme, cancellationToken);
        programme = await session.Participation.Programme(Programme, cancellationToken);
        var people = await session.TownHall.Enrol(
            programme, [.. Enumerable.Range(0, 20).Select(n => session.TownHall.Meet(Programme, $"driver-{n}"))], _ => { },
            cancellationToken);
        // Twenty drive twice, nineteen are checked, and one parks wrongly thirty times.
        await Send([.. people.SelectMany(who => (OutgoingEvent[])[Trip(who, 1), Trip(who, 2)])]);
        await Send([.. people.Take(19).Select(who => Made(who, "traffic.vehicle-check", "check", new JsonObject { ["result"] = "pass" }))]);
        await Send([.. Enumerable.Range(0, 30).Select(n =>
            Made(people[0], "traffic.parking", $"parking-{n}", new JsonObject { ["violation"] = "meter" }))]);
        // Late by as much as may be: it still belongs to March.
        await time.Set(Start.AddDays(59), programme, cancellationToken); // 30 April
        await Send([Made(people[0], "traffic.trip", "late", Driven(), new DateTimeOffset(2020, 3, 31, 18, 0, 0, TimeSpan.Zero))]);
        var early = await Get(http, cancellationToken);
        (early.Status, Problem(early)).ShouldBe((HttpStatusCode.NotFound, "statistics-not-there-yet"));
        early.Text.ShouldContain("2020-05-02");
        await time.Set(Start.AddDays(60), programme, cancellationToken); // 1 May, a day too soon
        Problem(await Get(http, cancellationToken)).ShouldBe("statistics-not-there-yet");

        await time.Set(Start.AddDays(61), programme, cancellationToken);
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var made = await Get(http, cancellationToken);
        while (made.Status != HttpStatusCode.OK && await beat.WaitForNextTickAsync(cancellationToken))
            made = await Get(http, cancellationToken);

        var document = JsonElement.Parse(made.Text);
        var counts = document.GetProperty("events").EnumerateArray()
            .ToDictionary(row => row.GetProperty("type").GetString()!, row => row.GetProperty("count").GetRawText());
        counts["traffic.trip"].ShouldBe("41");
        counts["traffic.vehicle-check"].ShouldBe("null", "nineteen");
        counts["traffic.parking"].ShouldBe("null", "thirty, of one person");
        counts["traffic.park-and-ride"].ShouldBe("null", "none");
        document.GetProperty("eventsTotal").GetInt64().ShouldBe(41);
        document.GetProperty("contests").GetProperty("opened").ValueKind.ShouldBe(JsonValueKind.Null);

        (await Get(http, cancellationToken)).ShouldBe(made);
        foreach (var who in people.Take(5))
        {
            (await session.Api.Ask(
                HttpMethod.Delete, $"/v1/me/subjects/{Programme}/{who.Ordinal}",
                session.Credentials.ParticipantToken(who.Participant), null, cancellationToken)).ShouldNotBeNull();
        }
        await time.Set(Start.AddDays(100), programme, cancellationToken);
        (await Get(http, cancellationToken)).ShouldBe(made);
        platform.Printed.ShouldNotContain("could not be made");

        async Task Send(IReadOnlyList<OutgoingEvent> events)
        {
            foreach (var one in events.GroupBy(sent => sent.Who.HandleFor(EventFamily.Traffic).Source))
            {
                var source = session.Standalone.Sources.Single(known => known.Id == one.Key);
                (await session.Participation.Post(source.Token, CloudEvents.Batch([.. one]), cancellationToken)).Status
                    .ShouldBe(HttpStatusCode.Accepted);
            }
        }

        OutgoingEvent Trip(Resident who, int number) => Made(who, "traffic.trip", $"trip-{number}", Driven());

        OutgoingEvent Made(Resident who, string type, string id, JsonObject data, DateTimeOffset? at = null)
        {
            var instant = at ?? time.Now;
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, programme.Zone).DateTime);
            return new OutgoingEvent(who, who.HandleFor(EventFamily.Traffic), type, $"{who.Participant}-{id}", instant, day, data);
        }
    }

    private static JsonObject Driven() => new() { ["distanceKm"] = 7, ["overLimitKm"] = 0, ["harshBrakings"] = 0 };

    private static string Problem(Got got) => JsonElement.Parse(got.Text).GetProperty("type").GetString()!.Split(':')[^1];

    private static async Task<Got> Get(HttpClient http, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(Address, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return new Got(answer.StatusCode, text, answer.Headers.ETag?.Tag, answer.Headers.CacheControl?.ToString());
    }

    private sealed record Got(HttpStatusCode Status, string Text, string? Tag, string? Keep);
}
