using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Testing;
using Scoring.Verify.Scores;

namespace Scoring.Statistics;

/// <summary>Sends the events of March 2020 and reads that month's statistics before their day, on it and later.</summary>
internal sealed class StatisticsStory(Session session, HttpClient http, CancellationToken cancellationToken)
{
    private const string Programme = ProgrammeNames.SafeDriver;
    private const string Address = $"/v1/programmes/{Programme}/statistics/2020-03";

    private static readonly DateTimeOffset Start = new(2020, 3, 2, 17, 0, 0, TimeSpan.Zero);

    private readonly ProgrammeClock _time = session.Clock();
    private ProgrammeDocument _programme = null!;
    private IReadOnlyList<Resident> _people = [];

    public async Task Run()
    {
        await Enrol();
        await SendMarch();
        await ShouldNotBeThereYet();

        await _time.Set(Start.AddDays(61), _programme, cancellationToken);
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var statistics = await Get();
        while (statistics.Status != HttpStatusCode.OK && await beat.WaitForNextTickAsync(cancellationToken)) statistics = await Get();
        ShouldHideSmallCounts(statistics);

        (await Get()).ShouldBe(statistics);
        foreach (var resident in _people.Take(5))
        {
            (await session.Api.SendJson(
                HttpMethod.Delete, $"/v1/me/subjects/{Programme}/{resident.Ordinal}",
                session.Credentials.ParticipantToken(resident.Participant), null, cancellationToken)).ShouldNotBeNull();
        }
        await _time.Set(Start.AddDays(100), _programme, cancellationToken);
        (await Get()).ShouldBe(statistics);
    }

    private async Task Enrol()
    {
        _programme = await session.Platform.Programme(Programme, cancellationToken);
        await _time.Set(Start, _programme, cancellationToken);
        _programme = await session.Platform.Programme(Programme, cancellationToken);
        _people = await session.Residents.Enrol(
            _programme, [.. Enumerable.Range(0, 20).Select(n => session.Residents.Draw(Programme, $"driver-{n}"))], _ => { },
            cancellationToken);
    }

    /// <summary>Twenty drivers drive twice, nineteen are checked, one parks wrongly thirty times, and one trip arrives late.</summary>
    private async Task SendMarch()
    {
        await Send([.. _people.SelectMany(driver => (OutgoingEvent[])[Trip(driver, 1), Trip(driver, 2)])]);
        await Send([.. _people.Take(19)
            .Select(driver => Event(driver, "traffic.vehicle-check", "check", new JsonObject { ["result"] = "pass" }))]);
        await Send([.. Enumerable.Range(0, 30).Select(n =>
            Event(_people[0], "traffic.parking", $"parking-{n}", new JsonObject { ["violation"] = "meter" }))]);
        await _time.Set(Start.AddDays(59), _programme, cancellationToken); // 30 April: the last day for an event of 31 March
        await Send([Event(_people[0], "traffic.trip", "late", TripData(), new DateTimeOffset(2020, 3, 31, 18, 0, 0, TimeSpan.Zero))]);
    }

    private async Task ShouldNotBeThereYet()
    {
        var early = await Get();
        (early.Status, Problem(early)).ShouldBe((HttpStatusCode.NotFound, "statistics-not-there-yet"));
        early.Text.ShouldContain("2020-05-02");
        await _time.Set(Start.AddDays(60), _programme, cancellationToken); // 1 May, a day too early
        Problem(await Get()).ShouldBe("statistics-not-there-yet");
    }

    private static void ShouldHideSmallCounts(Answer statistics)
    {
        var document = JsonElement.Parse(statistics.Text);
        var counts = document.GetProperty("events").EnumerateArray()
            .ToDictionary(row => row.GetProperty("type").GetString()!, row => row.GetProperty("count").GetRawText());
        counts["traffic.trip"].ShouldBe("41");
        counts["traffic.vehicle-check"].ShouldBe("null", "nineteen");
        counts["traffic.parking"].ShouldBe("null", "thirty, of one person");
        counts["traffic.park-and-ride"].ShouldBe("null", "none");
        document.GetProperty("eventsTotal").GetInt64().ShouldBe(41);
        document.GetProperty("contests").GetProperty("opened").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private async Task Send(IReadOnlyList<OutgoingEvent> events)
    {
        foreach (var batch in events.GroupBy(one => one.Resident.HandleFor(EventFamily.Traffic).Source))
        {
            var source = session.Standalone.Sources.Single(known => known.Id == batch.Key);
            (await session.Platform.SendEvents(source.Token, CloudEvents.Batch([.. batch]), cancellationToken)).Status
                .ShouldBe(HttpStatusCode.Accepted);
        }
    }

    private OutgoingEvent Trip(Resident driver, int number) => Event(driver, "traffic.trip", $"trip-{number}", TripData());

    private OutgoingEvent Event(Resident driver, string type, string id, JsonObject data, DateTimeOffset? at = null)
    {
        var instant = at ?? _time.Now;
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, _programme.Zone).DateTime);
        return new OutgoingEvent(driver, driver.HandleFor(EventFamily.Traffic), type, $"{driver.Participant}-{id}", instant, day, data);
    }

    private static JsonObject TripData() => new() { ["distanceKm"] = 7, ["overLimitKm"] = 0, ["harshBrakings"] = 0 };

    private static string Problem(Answer answer) => JsonElement.Parse(answer.Text).GetProperty("type").GetString()!.Split(':')[^1];

    private async Task<Answer> Get()
    {
        using var response = await http.GetAsync(Address, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return new Answer(response.StatusCode, text, response.Headers.ETag?.Tag, response.Headers.CacheControl?.ToString());
    }

    private sealed record Answer(HttpStatusCode Status, string Text, string? Tag, string? CacheControl);
}
