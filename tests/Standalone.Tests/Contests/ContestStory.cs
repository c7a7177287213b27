using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Commands;
using Scoring.City.Expected;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Verify.Scores;

namespace Scoring.Contests;

/// <summary>
/// Plays a driver, a source and three administrators over HTTP: three violations are contested, and each contest ends differently.
/// </summary>
internal sealed partial class ContestStory(Session session, CancellationToken cancellationToken)
{
    private const string Programme = ProgrammeNames.SafeDriver;
    private const string Cases = "/v1/admin/contests";
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 17, 0, 0, TimeSpan.Zero);
    private static readonly string[] Violations = ["hydrant", "pedestrian", "blocking"];

    private readonly ProgrammeClock _time = session.Clock();
    private readonly List<OutgoingEvent> _sent = [];
    private ProgrammeDocument _programme = null!;
    private Resident _driver = null!;
    private string _token = "";

    private string Own => $"/v1/me/subjects/{Programme}/{_driver.Ordinal}";

    private DevelopmentSource Source => session.Standalone.Sources.Single(s => s.Id == _driver.HandleFor(EventFamily.Traffic).Source);

    public async Task Run()
    {
        await Drive();
        var turns = await Turns();
        (await Score()).ShouldBe(Expected(0, 1, 2));
        var first = await Contest(turns[0], "not-mine", Expected(1, 2));
        await ShouldReachItsSource(0, "not-mine");
        await ShouldNeedAnIndependentAdministrator(first);
        await ShouldBeReadAsACase(first);
        await ShouldBeUpheld(first, turns[0]);

        var second = await Contest(turns[1], "wrong-value", Expected(2));
        await Decide(3, second, false, "source-confirmed", 200);
        (await Score()).ShouldBe(Expected(1, 2), "rejected: the harm counts again");
        (await Send(HttpMethod.Post, $"{Own}/contests", _token, ContestBody(turns[1], "wrong-day"))).Problem.ShouldBe("contested-already");

        await ShouldBeUpheldWhenUndecided(await Contest(turns[2], "outside-purpose", Expected(1)), turns[2]);
        await ShouldBeOnTheRecord();
        await ShouldEndWithItsSubject();
    }

    /// <summary>Enrols a driver and sends one passed inspection, and three violations on three days.</summary>
    private async Task Drive()
    {
        _programme = await session.Platform.Programme(Programme, cancellationToken);
        await _time.Set(Start, _programme, cancellationToken);
        _programme = await session.Platform.Programme(Programme, cancellationToken);
        _driver =
            (await session.Residents.Enrol(_programme, [session.Residents.Draw(Programme, "driver")], _ => { }, cancellationToken))[0];
        _token = session.Credentials.ParticipantToken(_driver.Participant);
        await SendEvent(Event("traffic.vehicle-check", "check", new JsonObject { ["result"] = "pass" }));
        foreach (var (day, violation) in Violations.Index())
        {
            if (day > 0) await _time.Set(Start.AddDays(day), _programme, cancellationToken);
            var one = Event("traffic.parking", $"parking-{day}", new JsonObject { ["violation"] = violation });
            _sent.Add(one);
            await SendEvent(one);
        }
    }

    private async Task ShouldReachItsSource(int violation, string ground)
    {
        var source = Encoding.UTF8.GetBytes(Source.Id);
        var id = Encoding.UTF8.GetBytes(_sent[violation].Id);
        var input = new byte[8 + source.Length + id.Length];
        BinaryPrimitives.WriteInt32BigEndian(input, source.Length);
        source.CopyTo(input, 4);
        BinaryPrimitives.WriteInt32BigEndian(input.AsSpan(4 + source.Length), id.Length);
        id.CopyTo(input, 8 + source.Length);
        var key = System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(input).AsSpan(0, 16));
        var list = await Send(HttpMethod.Get, "/v1/events/contests", Source.Token);
        var contest = list.Json.GetProperty("contests").EnumerateArray().ShouldHaveSingleItem();
        contest.EnumerateObject().Select(member => member.Name).Order().ShouldBe(["grounds", "key", "number"]);
        (contest.GetProperty("key").GetString(), contest.GetProperty("grounds")[0].GetString()).ShouldBe((key, ground));
        foreach (var other in session.Standalone.Sources.Where(other => other.Id != Source.Id))
            (await Send(HttpMethod.Get, "/v1/events/contests", other.Token)).Json.GetProperty("contests").GetArrayLength().ShouldBe(0);
    }

    /// <summary>
    /// Administrators 1 and 2 register a new version of the source; afterwards neither of them may decide about its events.
    /// </summary>
    private async Task ShouldNeedAnIndependentAdministrator(string caseId)
    {
        var first = session.Api.As(Admin(1)).Registrations;
        var second = session.Api.As(Admin(2)).Registrations;
        const Client.RegistrationKind kind = Client.RegistrationKind.Source;
        var registered = (await first.Find(kind, Source.Id, cancellationToken)).Document.ShouldNotBeNull();
        var document = JsonNode.Parse(registered.GetRawText())!;
        document["name"] = "City traffic, renewed";
        var change = new Client.RegistrationProposal(
            Client.RegistrationAction.Register, Document: JsonElement.Parse(document.ToJsonString()));
        var approval = new Client.ApprovalRequest((await first.Propose(kind, change, cancellationToken)).Hash);
        (await second.Approve(kind, Source.Id, approval, cancellationToken)).Done.ShouldBeTrue();
        foreach (var number in (int[])[1, 2])
        {
            (await Send(HttpMethod.Get, $"{Cases}/{caseId}", Admin(number))).Problem.ShouldBe("not-independent");
            (await Decide(number, caseId, true, "value-was-wrong", 403)).Problem.ShouldBe("not-independent");
        }
        (await Send(HttpMethod.Get, $"{Own}/looks", _token)).Json.GetProperty("looks").GetArrayLength()
            .ShouldBe(0, "a refused administrator has no access");
    }

    private async Task ShouldBeReadAsACase(string caseId)
    {
        var listed = (await Send(HttpMethod.Get, Cases, Admin(3))).Json.GetProperty("contests").EnumerateArray().ShouldHaveSingleItem();
        listed.EnumerateObject().Select(member => member.Name).Order().ShouldBe(["case", "dueOn", "grounds", "openedOn", "programme"]);
        var file = (await Send(HttpMethod.Get, $"{Cases}/{caseId}", Admin(3))).Json;
        file.GetProperty("data").GetRawText().ShouldBe("""{"violation":"hydrant"}""");
        (file.GetProperty("eventType").GetString(), file.GetProperty("source").GetString()).ShouldBe(("traffic.parking", Source.Id));
        file.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("points").GetInt64()).Order().ShouldBe([-25, 0]);
        var access = (await Send(HttpMethod.Get, $"{Own}/looks", _token)).Json.GetProperty("looks").EnumerateArray()
            .ShouldHaveSingleItem();
        (access.GetProperty("kind").GetString(), access.GetProperty("by").GetString(), access.GetProperty("case").GetString())
            .ShouldBe(("looked", "administrator", caseId));
    }

    private async Task ShouldBeUpheld(string caseId, long turn)
    {
        (await Decide(3, caseId, true, "event-correct", 422)).Problem.ShouldBe("reason-does-not-fit");
        await Decide(3, caseId, true, "not-the-subjects", 200);
        await Decide(3, caseId, true, "not-the-subjects", 200);
        (await Decide(3, caseId, false, "event-correct", 409)).Problem.ShouldBe("decided-already");
        (await Score()).ShouldBe(Expected(1, 2), "the harm is taken away");
        var before = await History();
        before.Take(2).Select(entry => entry.GetProperty("kind").GetString()).ShouldBe(["corrected", "contest-decided"]);
        before[0].GetProperty("body").GetProperty("turn").GetInt64().ShouldBe(turn);
        await SendEvent(_sent[0]);
        (await History()).Length.ShouldBe(before.Length, "a removed event does not come back by being sent again");
        (await Score()).ShouldBe(Expected(1, 2));
        (await Send(HttpMethod.Get, "/v1/events/contests", Source.Token)).Json.GetProperty("contests").GetArrayLength().ShouldBe(0);
    }

    private async Task ShouldBeUpheldWhenUndecided(string caseId, long turn)
    {
        var added = await Send(
            HttpMethod.Post, $"{Own}/contests/{caseId}/material", _token, new JsonObject { ["ground"] = "wrong-day" });
        added.Json.GetProperty("dueOn").GetString().ShouldBe("2026-04-18", added.Text);
        await _time.Set(Start.AddDays(47), _programme, cancellationToken); // the due day itself
        (await Score()).ShouldBe(Expected(1));
        await _time.Set(Start.AddDays(48), _programme, cancellationToken);
        (await Score()).ShouldBe(Expected(1), "upheld by the fold");
        (await Decide(3, caseId, false, "event-correct", 409)).Problem.ShouldBeOneOf("contest-overdue", "decided-already");
        (await Send(HttpMethod.Get, $"{Own}/contests", _token)).Json[0].GetProperty("reason").GetString().ShouldBe("undecided-in-time");
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((await Send(HttpMethod.Get, Cases, Admin(3))).Json.GetProperty("contests").GetArrayLength() > 0)
            await beat.WaitForNextTickAsync(cancellationToken);
        var history = await History();
        history.Take(2).Select(entry => entry.GetProperty("kind").GetString()).ShouldBe(["corrected", "contest-decided"]);
        history[1].GetProperty("body").GetRawText()
            .ShouldBe($$"""{"by":"platform","reason":"undecided-in-time","turn":{{turn}},"upheld":true}""");
        (await Score()).ShouldBe(Expected(1));
        (await Decide(3, caseId, true, "day-was-wrong", 409)).Problem.ShouldBe("decided-already");
    }

    private async Task ShouldBeOnTheRecord()
    {
        var acts = (await Send(HttpMethod.Get, $"/v1/programmes/{Programme}/record", null)).Json.GetProperty("acts").EnumerateArray()
            .Where(act => act.GetProperty("act").GetString() == "contest-decided").ToArray();
        acts.Select(act => (act.GetProperty("by").GetString(), act.GetProperty("details").GetRawText())).ShouldBe(
        [
            ("administrator-3", """{"grounds":["not-mine"],"reason":"not-the-subjects","upheld":true}"""),
            ("administrator-3", """{"grounds":["wrong-value"],"reason":"source-confirmed","upheld":false}"""),
            ("platform", """{"grounds":["outside-purpose","wrong-day"],"reason":"undecided-in-time","upheld":true}"""),
        ]);
    }

    private async Task ShouldEndWithItsSubject()
    {
        var one = Event("traffic.parking", "parking-last", new JsonObject { ["violation"] = "meter" });
        await SendEvent(one);
        var turn = (await History())[0].GetProperty("turn").GetInt64();
        var caseId = await Contest(turn, "did-not-happen", Expected(1));
        (await Send(HttpMethod.Delete, Own, _token)).Status.ShouldBe(200);
        (await Send(HttpMethod.Get, $"{Cases}/{caseId}", Admin(3))).Problem.ShouldBe("not-found");
        (await Decide(3, caseId, true, "day-was-wrong", 404)).Problem.ShouldBe("not-found");
        (await Send(HttpMethod.Get, $"{Own}/contests", _token)).Problem.ShouldBe("not-found");
        (await Send(HttpMethod.Get, "/v1/events/contests", Source.Token)).Json.GetProperty("contests").GetArrayLength().ShouldBe(0);
    }
}
