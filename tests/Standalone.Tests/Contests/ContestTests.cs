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
using Scoring.Hosting;
using Scoring.Verify.Scores;

namespace Scoring.Contests;

/// <summary>Contests lived through over HTTP alone: one upheld, one rejected, one left until its due day was over.</summary>
public sealed class ContestTests
{
    [Fact]
    public async Task A_contest_suspends_harm_is_judged_by_an_independent_administrator_and_is_upheld_when_nobody_does()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        using var scratch = new ScratchFolder();
        await using var platform = await StandaloneProcess.Start(scratch.Path, developmentClock: true, "--Contests:LookSeconds=1");
        using var session = platform.Session();
        await new Story(session, patience.Token).Run();
    }

    private sealed class Story(Session session, CancellationToken cancellationToken)
    {
        private const string Programme = ProgrammeNames.SafeDriver;
        private const string Cases = "/v1/admin/contests";
        private static readonly DateTimeOffset Start = new(2026, 3, 2, 17, 0, 0, TimeSpan.Zero);
        private static readonly string[] Violations = ["hydrant", "pedestrian", "blocking"];

        private readonly ProgrammeClock _time = session.Clock();
        private readonly List<OutgoingEvent> _sent = [];
        private ProgrammeDocument _programme = null!;
        private Resident _who = null!;
        private string _token = "";

        private string Own => $"/v1/me/subjects/{Programme}/{_who.Ordinal}";

        private DevelopmentSource Source => session.Standalone.Sources.Single(s => s.Id == _who.HandleFor(EventFamily.Traffic).Source);

        public async Task Run()
        {
            await Live();
            var turns = await Turns();
            (await Score()).ShouldBe(Expected(0, 1, 2));
            var first = await Contest(turns[0], "not-mine", Expected(1, 2));
            await ShouldBeTold(0, "not-mine");
            await ShouldBeJudgedByOthersOnly(first);
            await ShouldBeLookedAt(first);
            await ShouldBeUpheld(first, turns[0]);

            var second = await Contest(turns[1], "wrong-value", Expected(2));
            await Decide(3, second, false, "source-confirmed", 200);
            (await Score()).ShouldBe(Expected(1, 2), "rejected: the harm counts again");
            (await Ask(HttpMethod.Post, $"{Own}/contests", _token, Wish(turns[1], "wrong-day"))).Problem.ShouldBe("contested-already");

            await ShouldBeUpheldWhenNobodyDoes(await Contest(turns[2], "outside-purpose", Expected(1)), turns[2]);
            await ShouldBeOnRecord();
            await ShouldGoWithItsSubject();
        }

        /// <summary>A good inspection, and three violations on three days.</summary>
        private async Task Live()
        {
            _programme = await session.Participation.Programme(Programme, cancellationToken);
            await _time.Set(Start, _programme, cancellationToken);
            _programme = await session.Participation.Programme(Programme, cancellationToken);
            _who = (await session.TownHall.Enrol(_programme, [session.TownHall.Meet(Programme, "driver")], _ => { }, cancellationToken))[0];
            _token = session.Credentials.ParticipantToken(_who.Participant);
            await Send(Made("traffic.vehicle-check", "check", new JsonObject { ["result"] = "pass" }));
            foreach (var (day, violation) in Violations.Index())
            {
                if (day > 0) await _time.Set(Start.AddDays(day), _programme, cancellationToken);
                var one = Made("traffic.parking", $"parking-{day}", new JsonObject { ["violation"] = violation });
                _sent.Add(one);
                await Send(one);
            }
        }

        private OutgoingEvent Made(string type, string id, JsonObject data) => new(
            _who, _who.HandleFor(EventFamily.Traffic), type, id, _time.Now,
            DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(_time.Now, _programme.Zone).DateTime), data);

        private async Task Send(OutgoingEvent one) =>
            (await session.Participation.Post(Source.Token, CloudEvents.Batch([one]), cancellationToken)).Status.ShouldBe(
                HttpStatusCode.Accepted);

        /// <summary>What the score must be with these of the violations.</summary>
        private long Expected(params int[] violations) => SlowScore.Of(
            _programme, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(_time.Now, _programme.Zone).DateTime),
            [
                new CountedEvent("traffic.vehicle-check", _sent[0].Day, new JsonObject { ["result"] = "pass" }),
                .. violations.Select(n => new CountedEvent(_sent[n].Type, _sent[n].Day, _sent[n].Data)),
            ]).Score;

        private async Task<long> Score() =>
            (await session.Participation.Score(_token, Programme, _who.Ordinal!.Value, cancellationToken)).ShouldNotBeNull()
                .GetProperty("score").GetInt64();

        private async Task<JsonElement[]> History() =>
            [.. (await Ask(HttpMethod.Get, $"{Own}/history", _token)).Json.GetProperty("entries").EnumerateArray()];

        private async Task<long[]> Turns()
        {
            var history = await History();
            return [.. Violations.Select(violation => history
                .Single(entry => entry.GetProperty("kind").GetString() == "event"
                    && entry.GetProperty("body").GetProperty("data").TryGetProperty("violation", out var what)
                    && what.GetString() == violation)
                .GetProperty("turn").GetInt64())];
        }

        private async Task<string> Contest(long turn, string ground, long expected)
        {
            var opened = await Ask(HttpMethod.Post, $"{Own}/contests", _token, Wish(turn, ground));
            opened.Status.ShouldBe(201, opened.Text);
            (opened.Json.GetProperty("turn").GetInt64(), opened.Json.GetProperty("state").GetString()).ShouldBe((turn, "open"));
            (await Score()).ShouldBe(expected, "harm is suspended at once");
            return opened.Json.GetProperty("case").GetString()!;
        }

        private async Task ShouldBeTold(int violation, string ground)
        {
            var (source, id) = (Encoding.UTF8.GetBytes(Source.Id), Encoding.UTF8.GetBytes(_sent[violation].Id));
            var input = new byte[8 + source.Length + id.Length];
            BinaryPrimitives.WriteInt32BigEndian(input, source.Length);
            source.CopyTo(input, 4);
            BinaryPrimitives.WriteInt32BigEndian(input.AsSpan(4 + source.Length), id.Length);
            id.CopyTo(input, 8 + source.Length);
            var key = System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(input).AsSpan(0, 16));
            var told = await Ask(HttpMethod.Get, "/v1/events/contests", Source.Token);
            var one = told.Json.GetProperty("contests").EnumerateArray().ShouldHaveSingleItem();
            one.EnumerateObject().Select(member => member.Name).Order().ShouldBe(["grounds", "key", "number"]);
            (one.GetProperty("key").GetString(), one.GetProperty("grounds")[0].GetString()).ShouldBe((key, ground));
            foreach (var other in session.Standalone.Sources.Where(other => other.Id != Source.Id))
                (await Ask(HttpMethod.Get, "/v1/events/contests", other.Token)).Json.GetProperty("contests").GetArrayLength().ShouldBe(0);
        }

        /// <summary>Administrators 1 and 2 register a later version of the source; from then on neither judges its events.</summary>
        private async Task ShouldBeJudgedByOthersOnly(string caseId)
        {
            var one = new City.Platform.AdministratorClient(session.Api, Admin(1));
            var two = new City.Platform.AdministratorClient(session.Api, Admin(2));
            var document = JsonNode.Parse(
                (await one.Registration("sources", Source.Id, cancellationToken)).GetProperty("document").GetRawText())!;
            document["name"] = "City traffic, renewed";
            var change = new JsonObject { ["act"] = "register", ["document"] = document };
            var hash = (await one.Propose("sources", change, cancellationToken)).GetProperty("hash").GetString()!;
            (await two.Confirm("sources", Source.Id, hash, cancellationToken)).GetProperty("done").GetBoolean().ShouldBeTrue();
            foreach (var number in (int[])[1, 2])
            {
                (await Ask(HttpMethod.Get, $"{Cases}/{caseId}", Admin(number))).Problem.ShouldBe("not-independent");
                (await Decide(number, caseId, true, "value-was-wrong", 403)).Problem.ShouldBe("not-independent");
            }
            (await Ask(HttpMethod.Get, $"{Own}/looks", _token)).Json.GetProperty("looks").GetArrayLength()
                .ShouldBe(0, "who was refused saw nothing");
        }

        private async Task ShouldBeLookedAt(string caseId)
        {
            var listed = (await Ask(HttpMethod.Get, Cases, Admin(3))).Json.GetProperty("contests").EnumerateArray().ShouldHaveSingleItem();
            listed.EnumerateObject().Select(member => member.Name).Order().ShouldBe(["case", "dueOn", "grounds", "openedOn", "programme"]);
            var file = (await Ask(HttpMethod.Get, $"{Cases}/{caseId}", Admin(3))).Json;
            file.GetProperty("data").GetRawText().ShouldBe("""{"violation":"hydrant"}""");
            (file.GetProperty("eventType").GetString(), file.GetProperty("source").GetString()).ShouldBe(("traffic.parking", Source.Id));
            file.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("points").GetInt64()).Order().ShouldBe([-25, 0]);
            var look = (await Ask(HttpMethod.Get, $"{Own}/looks", _token)).Json.GetProperty("looks").EnumerateArray()
                .ShouldHaveSingleItem();
            (look.GetProperty("kind").GetString(), look.GetProperty("by").GetString(), look.GetProperty("case").GetString())
                .ShouldBe(("looked", "administrator", caseId));
        }

        private async Task ShouldBeUpheld(string caseId, long turn)
        {
            (await Decide(3, caseId, true, "event-correct", 422)).Problem.ShouldBe("reason-does-not-fit");
            await Decide(3, caseId, true, "not-the-subjects", 200);
            await Decide(3, caseId, true, "not-the-subjects", 200);
            (await Decide(3, caseId, false, "event-correct", 409)).Problem.ShouldBe("decided-already");
            (await Score()).ShouldBe(Expected(1, 2), "taken away");
            var before = await History();
            before.Take(2).Select(entry => entry.GetProperty("kind").GetString()).ShouldBe(["corrected", "contest-decided"]);
            before[0].GetProperty("body").GetProperty("turn").GetInt64().ShouldBe(turn);
            await Send(_sent[0]);
            (await History()).Length.ShouldBe(before.Length, "a removed event does not come back by being sent again");
            (await Score()).ShouldBe(Expected(1, 2));
            (await Ask(HttpMethod.Get, "/v1/events/contests", Source.Token)).Json.GetProperty("contests").GetArrayLength().ShouldBe(0);
        }

        private async Task ShouldBeUpheldWhenNobodyDoes(string caseId, long turn)
        {
            var added = await Ask(
                HttpMethod.Post, $"{Own}/contests/{caseId}/material", _token, new JsonObject { ["ground"] = "wrong-day" });
            added.Json.GetProperty("dueOn").GetString().ShouldBe("2026-04-18", added.Text);
            await _time.Set(Start.AddDays(47), _programme, cancellationToken); // the due day itself
            (await Score()).ShouldBe(Expected(1));
            await _time.Set(Start.AddDays(48), _programme, cancellationToken);
            (await Score()).ShouldBe(Expected(1), "upheld by the fold");
            (await Decide(3, caseId, false, "event-correct", 409)).Problem.ShouldBeOneOf("contest-overdue", "decided-already");
            (await Ask(HttpMethod.Get, $"{Own}/contests", _token)).Json[0].GetProperty("reason").GetString().ShouldBe("undecided-in-time");
            using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            while ((await Ask(HttpMethod.Get, Cases, Admin(3))).Json.GetProperty("contests").GetArrayLength() > 0)
                await beat.WaitForNextTickAsync(cancellationToken);
            var history = await History();
            history.Take(2).Select(entry => entry.GetProperty("kind").GetString()).ShouldBe(["corrected", "contest-decided"]);
            history[1].GetProperty("body").GetRawText()
                .ShouldBe($$"""{"by":"platform","reason":"undecided-in-time","turn":{{turn}},"upheld":true}""");
            (await Score()).ShouldBe(Expected(1));
            (await Decide(3, caseId, true, "day-was-wrong", 409)).Problem.ShouldBe("decided-already");
        }

        private async Task ShouldBeOnRecord()
        {
            var acts = (await Ask(HttpMethod.Get, $"/v1/programmes/{Programme}/record", null)).Json.GetProperty("acts").EnumerateArray()
                .Where(act => act.GetProperty("act").GetString() == "contest-decided").ToArray();
            acts.Select(act => (act.GetProperty("by").GetString(), act.GetProperty("details").GetRawText())).ShouldBe(
            [
                ("administrator-3", """{"grounds":["not-mine"],"reason":"not-the-subjects","upheld":true}"""),
                ("administrator-3", """{"grounds":["wrong-value"],"reason":"source-confirmed","upheld":false}"""),
                ("platform", """{"grounds":["outside-purpose","wrong-day"],"reason":"undecided-in-time","upheld":true}"""),
            ]);
        }

        private async Task ShouldGoWithItsSubject()
        {
            var one = Made("traffic.parking", "parking-last", new JsonObject { ["violation"] = "meter" });
            await Send(one);
            var turn = (await History())[0].GetProperty("turn").GetInt64();
            var caseId = await Contest(turn, "did-not-happen", Expected(1));
            (await Ask(HttpMethod.Delete, Own, _token)).Status.ShouldBe(200);
            (await Ask(HttpMethod.Get, $"{Cases}/{caseId}", Admin(3))).Problem.ShouldBe("not-found");
            (await Decide(3, caseId, true, "day-was-wrong", 404)).Problem.ShouldBe("not-found");
            (await Ask(HttpMethod.Get, $"{Own}/contests", _token)).Problem.ShouldBe("not-found");
            (await Ask(HttpMethod.Get, "/v1/events/contests", Source.Token)).Json.GetProperty("contests").GetArrayLength().ShouldBe(0);
        }

        private async Task<Answer> Decide(int administrator, string caseId, bool upheld, string reason, int status)
        {
            var answer = await Ask(
                HttpMethod.Post, $"{Cases}/{caseId}/decision", Admin(administrator),
                new JsonObject { ["upheld"] = upheld, ["reason"] = reason });
            answer.Status.ShouldBe(status, answer.Text);
            return answer;
        }

        private string Admin(int number) => session.Standalone.AdministratorToken(number);

        private static JsonObject Wish(long turn, string ground) => new() { ["turn"] = turn, ["ground"] = ground };

        private async Task<Answer> Ask(HttpMethod method, string path, string? token, JsonObject? body = null)
        {
            var bytes = body is null ? null : Encoding.UTF8.GetBytes(body.ToJsonString());
            var (status, text) = await session.Api.Send(method, path, token, bytes, "application/json", cancellationToken);
            return new Answer((int)status, text);
        }
    }

    private sealed record Answer(int Status, string Text)
    {
        public JsonElement Json => JsonElement.Parse(Text);

        /// <summary>The last part of the problem's type.</summary>
        public string Problem => Json.GetProperty("type").GetString()!.Split(':')[^1];
    }
}
