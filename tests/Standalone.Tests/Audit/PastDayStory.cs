using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Testing;
using Scoring.Verify.Scores;

namespace Scoring.Audit;

/// <summary>Plays a driver, a service and an auditor over HTTP, over some weeks of the development clock.</summary>
internal sealed class PastDayStory(Session session, CancellationToken cancellationToken)
{
    private const string Programme = ProgrammeNames.SafeDriver;
    private const int Weeks = 20; // days from the first to the last query; a late event may be 30 days late

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 17, 0, 0, TimeSpan.Zero);

    private readonly ProgrammeClock _time = session.Clock();
    private readonly List<Answered> _answers = [];
    private ProgrammeDocument _programme = null!;
    private Resident _driver = null!;
    private string _case = "";
    private JsonObject _name = [];

    public async Task Run()
    {
        await Drive();
        _answers.Select(answer => answer.Score).ShouldBe([587, 560, 569], "each day has another score, or the days prove nothing");
        await OpenCase();
        await ShouldShowWhatWasAnswered();
        await ShouldRefuseOtherDays();
        await ShouldCountALateEventOnItsDay();
        await ShouldEndWithCaseAndCode();
    }

    private async Task Drive()
    {
        _programme = await session.Platform.Programme(Programme, cancellationToken);
        await SetDay(0);
        _programme = await session.Platform.Programme(Programme, cancellationToken);
        _driver =
            (await session.Residents.Enrol(_programme, [session.Residents.Draw(Programme, "driver")], _ => { }, cancellationToken))[0];
        await Send("traffic.vehicle-check", "check", _time.Now, new JsonObject { ["result"] = "pass" });
        await Send("traffic.trip", "first", _time.Now, Trip(60));
        await Query();
        await SetDay(1);
        await Send("traffic.parking", "hydrant", _time.Now, new JsonObject { ["violation"] = "hydrant" });
        await Query();
        await SetDay(Weeks);
        await Send("traffic.trip", "second", _time.Now, Trip(60));
        await Query();
    }

    private async Task OpenCase()
    {
        _case = (await Audit("/cases", new JsonObject
            { ["programme"] = Programme, ["purpose"] = "accuracy", ["expiresOn"] = Day(Weeks + 5) }))["case"]!.ToString();
        var code = await Own(HttpMethod.Post, "/audit-codes", new JsonObject { ["expiresOn"] = Day(Weeks + 5) });
        _name = new JsonObject { ["auditCode"] = code.GetProperty("code").GetString() };
    }

    /// <summary>Checks that the history as of each past day has the score of that day, and tells the driver which day was read.</summary>
    private async Task ShouldShowWhatWasAnswered()
    {
        foreach (var answer in _answers)
        {
            var history = await History(new JsonObject { ["day"] = answer.Day });
            ShouldBe(history, answer);
            history["days"]!.AsArray()[^1]!["day"]!.ToString().ShouldBe(answer.Day);
            (await Newest()).GetProperty("body").GetProperty("asOf").GetProperty("day").GetString().ShouldBe(answer.Day);
        }
        var days = (await History(null))["days"]!.AsArray();
        days.Count.ShouldBe(Weeks + 1);
        foreach (var answer in _answers)
            days.Single(day => day!["day"]!.ToString() == answer.Day)!["score"]!.GetValue<long>().ShouldBe(answer.Score);
    }

    private async Task ShouldRefuseOtherDays()
    {
        var early = await History(new JsonObject { ["day"] = Day(-1) });
        (Score(early), early["explanation"]!["tier"]!.ToString()).ShouldBe((500, "baseline"), "the day before the enrolment");
        (await AuditStatus("/histories", Request(new JsonObject { ["day"] = Day(Weeks + 1) }))).ShouldBe(HttpStatusCode.NotFound);
        (await Newest()).GetProperty("kind").GetString().ShouldBe("looked", "a refused day is an access too");
        (await AuditStatus("/histories", Request(new JsonObject { ["day"] = Day(1), ["turn"] = 4 }))).ShouldBe(HttpStatusCode.BadRequest);
    }

    /// <summary>
    /// Checks that a day is read by the current entries: an event that arrives late counts on its day. What was answered stays at the
    /// turn of its query.
    /// </summary>
    private async Task ShouldCountALateEventOnItsDay()
    {
        await SetDay(Weeks + 1); // on the same day the same access shows the same entries
        await Send("traffic.trip", "late", Start.AddMinutes(30), Trip(12));
        Score(await History(new JsonObject { ["day"] = Day(0) })).ShouldBe(_answers[0].Score + 4);
        foreach (var answer in _answers)
        {
            ShouldBe(await History(new JsonObject { ["turn"] = answer.Turn }), answer);
            var recomputed = await Audit("/recomputations", new JsonObject
                { ["case"] = _case, ["subject"] = new JsonObject { ["reference"] = answer.Reference } });
            recomputed["agree"]!.GetValue<bool>().ShouldBeTrue();
            recomputed["recomputed"]!["score"]!.GetValue<long>().ShouldBe(answer.Score);
        }
    }

    private async Task ShouldEndWithCaseAndCode()
    {
        await SetDay(Weeks + 5);
        (await AuditStatus("/histories", Request(null))).ShouldBe(HttpStatusCode.OK, "its last day");
        await SetDay(Weeks + 6);
        (await AuditStatus("/histories", Request(null))).ShouldBe(HttpStatusCode.NotFound, "the case has ended");
        _case = (await Audit("/cases", new JsonObject
            { ["programme"] = Programme, ["purpose"] = "accuracy", ["expiresOn"] = Day(Weeks + 6) }))["case"]!.ToString();
        (await AuditStatus("/histories", Request(null))).ShouldBe(HttpStatusCode.NotFound, "the code has ended");
        _name = new JsonObject { ["reference"] = _answers[0].Reference };
        (await AuditStatus("/histories", Request(null))).ShouldBe(HttpStatusCode.OK, "the new case and an old reference");
    }

    private Task SetDay(int day) => _time.Set(Start.AddDays(day), _programme, cancellationToken);

    private static string Day(int day) => Start.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static JsonObject Trip(int distanceKm) => new()
        { ["distanceKm"] = distanceKm, ["overLimitKm"] = 0, ["harshBrakings"] = 0 };

    private async Task Send(string type, string id, DateTimeOffset at, JsonObject data)
    {
        var handle = _driver.HandleFor(EventFamily.Traffic);
        var source = session.Standalone.Sources.Single(one => one.Id == handle.Source);
        var (status, answer) = await session.Platform.SendEvents(
            source.Token, CloudEvents.Batch([new OutgoingEvent(_driver, handle, type, id, at, default, data)]), cancellationToken);
        status.ShouldBe(HttpStatusCode.Accepted, answer);
    }

    /// <summary>Queries as the service, and keeps the answer with the day and the turn of its entry.</summary>
    private async Task Query()
    {
        var service = session.Standalone.Services.Single(one => one.Programme == Programme);
        var answer = (await session.Api.SendJson(
            HttpMethod.Post, "/v1/scores/query", service.Token, new JsonObject { ["grant"] = _driver.Grant }, cancellationToken))
            .ShouldNotBeNull();
        var entry = await Newest();
        entry.GetProperty("kind").GetString().ShouldBe("queried");
        _answers.Add(new Answered(
            entry.GetProperty("day").GetString()!, entry.GetProperty("turn").GetInt64(), answer.GetProperty("score").GetInt64(),
            answer.GetProperty("tier").GetString()!, answer.GetProperty("reference").GetString()!));
    }

    private async Task<JsonElement> Newest() => (await Own(HttpMethod.Get, "/history?count=1", null)).GetProperty("entries")[0];

    private async Task<JsonElement> Own(HttpMethod method, string path, JsonObject? body) => (await session.Api.SendJson(
        method, $"/v1/me/subjects/{Programme}/{_driver.Ordinal}{path}", session.Credentials.ParticipantToken(_driver.Participant), body,
        cancellationToken)).ShouldNotBeNull();

    private Task<JsonObject> History(JsonObject? asOf) => Audit("/histories", Request(asOf));

    private JsonObject Request(JsonObject? asOf)
    {
        var request = new JsonObject { ["case"] = _case, ["subject"] = _name.DeepClone() };
        if (asOf is not null) request["asOf"] = asOf;
        return request;
    }

    private async Task<JsonObject> Audit(string path, JsonObject body)
    {
        var (status, answer) = await SendAudit(path, body);
        ((int)status).ShouldBeInRange(200, 299, $"{path}: {answer}");
        return JsonNode.Parse(answer)!.AsObject();
    }

    private async Task<HttpStatusCode> AuditStatus(string path, JsonObject body) => (await SendAudit(path, body)).Status;

    private Task<(HttpStatusCode Status, string Answer)> SendAudit(string path, JsonObject body) => session.Api.Send(
        HttpMethod.Post, "/v1/audit" + path, session.Standalone.AuditorToken, Encoding.UTF8.GetBytes(body.ToJsonString()),
        "application/json", cancellationToken);

    private static long Score(JsonObject history) => history["explanation"]!["score"]!.GetValue<long>();

    private static void ShouldBe(JsonObject history, Answered answer)
    {
        (Score(history), history["explanation"]!["tier"]!.ToString()).ShouldBe((answer.Score, answer.Tier));
        history["days"]!.AsArray()[^1]!["score"]!.GetValue<long>().ShouldBe(answer.Score);
    }

    private sealed record Answered(string Day, long Turn, long Score, string Tier, string Reference);
}
