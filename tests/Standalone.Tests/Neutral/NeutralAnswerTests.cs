using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.City.Platform;

namespace Scoring.Neutral;

/// <summary>
/// DESIGN §1.3 and §1.1, byte for byte: whatever the reason, whoever may not be told anything of gets what a stranger gets.
/// </summary>
[Collection(typeof(OnOnePlatform))]
public sealed class NeutralAnswerTests(NeutralPlatform platform)
{
    private const string Json = "application/json";

    private Uri Address => platform.Session.Standalone.Address;

    [Fact]
    public async Task Every_neutral_answer_is_a_strangers_byte_for_byte_also_when_the_ledger_is_out_of_reach()
    {
        var kinds = await Kinds();
        var answers = await Task.WhenAll(kinds.Select(async kind => (kind.Name, Answer: await Ask(kind.Service, kind.Grant))));
        var stranger = answers.Single(answer => answer.Name == "unknown").Answer.Shape();
        stranger.ShouldStartWith("HTTP/1.1 200 OK\r\n");
        stranger.ShouldContain("\"score\":500,\"tier\":\"baseline\"");
        foreach (var (name, answer) in answers) answer.Shape().ShouldBe(stranger, name);
        answers.Select(answer => answer.Answer.Body).Distinct().Count().ShouldBe(answers.Length, "each has a reference of its own");

        // Nobody can be written down while somebody else holds every partition.
        await using var held = await platform.Database.Hold("SELECT partition FROM ledger.head FOR UPDATE");
        var refused = await Task.WhenAll(kinds.Select(async kind => (kind.Name, Answer: await Ask(kind.Service, kind.Grant))));
        var nobodys = refused.Single(answer => answer.Name == "unknown").Answer.Shape();
        nobodys.ShouldStartWith("HTTP/1.1 503 ");
        nobodys.ShouldContain("Retry-After: 1");
        foreach (var (name, answer) in refused) answer.Shape().ShouldBe(nobodys, name);
        await held.DisposeAsync();
        foreach (var number in (int[])[2, 3]) await platform.Administrator(number).Resume("fair-payer", CancellationToken.None);
    }

    [Fact]
    public async Task An_event_about_anybody_is_answered_alike()
    {
        var (enrolled, restricted, withdrawn) = (await Driver("e1", 0), await Driver("e2", 0), await Driver("e3", 0));
        await platform.Own(restricted, HttpMethod.Put, "/restriction");
        await platform.Own(withdrawn, HttpMethod.Delete, "");
        var stranger = platform.Session.TownHall.Meet("safe-driver", "e4");
        var answers = await Task.WhenAll(new[] { enrolled, restricted, withdrawn, stranger }.Select(who => Send(who, Trip(0))));
        answers[3].Shape().ShouldStartWith("HTTP/1.1 202 ");
        answers[3].Body.ShouldBeEmpty();
        foreach (var answer in answers) answer.Shape().ShouldBe(answers[3].Shape());
    }

    private async Task<List<(string Name, string Service, string Grant)>> Kinds()
    {
        var floor = await Driver("floor", 9);
        var (giver, restricted, withdrawn) = (await Driver("giver", 0), await Driver("restricted", 0), await Driver("withdrawn", 0));
        var lapsed = await Enrolled("clean-kitchen", "lapsed", ("surveillance.self-check", new() { ["withinLimits"] = true }));
        var suspended = await Enrolled("fair-payer", "suspended", ("surveillance.check-in", new() { ["venue"] = "library" }));
        foreach (var high in new[] { giver, restricted, withdrawn, lapsed, suspended })
            (await platform.Own(high, HttpMethod.Get, "/score"))!.Value.GetProperty("score").GetInt64().ShouldBeGreaterThan(500);
        var expired = await platform.Grant(giver, NeutralPlatform.Parking, until: TimeProvider.System.GetUtcNow().AddDays(1));
        await platform.Database.Execute($"UPDATE ledger.grant_ SET until = now() - interval '1 second' WHERE id = '{expired.Id}'");
        var revoked = await platform.Grant(giver, NeutralPlatform.Parking);
        await platform.Own(giver, HttpMethod.Delete, $"/grants/{revoked.Id}");
        var usedUp = await platform.Grant(giver, NeutralPlatform.Parking, uses: 1);
        await platform.UseUp(NeutralPlatform.Parking, usedUp.Token);
        var foreign = await platform.Grant(giver, NeutralPlatform.Garage);
        await platform.Own(restricted, HttpMethod.Put, "/restriction");
        await platform.Own(withdrawn, HttpMethod.Delete, "");
        await platform.Widen("clean-kitchen");
        await platform.Administrator(1).Suspend("fair-payer", "A test.", CancellationToken.None);
        return
        [
            ("somebody at the floor", NeutralPlatform.Parking, floor.Grant!),
            ("unknown", NeutralPlatform.Parking, new string('u', 43)),
            ("forged, empty", NeutralPlatform.Parking, ""), ("forged, long", NeutralPlatform.Parking, new string('x', 30_000)),
            ("forged, of other letters", NeutralPlatform.Parking, "\u00e9\u4e2d\0 '; --"),
            ("foreign", NeutralPlatform.Parking, foreign.Token), ("expired", NeutralPlatform.Parking, expired.Token),
            ("revoked", NeutralPlatform.Parking, revoked.Token), ("used up", NeutralPlatform.Parking, usedUp.Token),
            ("restricted", NeutralPlatform.Parking, restricted.Grant!), ("withdrawn", NeutralPlatform.Parking, withdrawn.Grant!),
            ("lapsed", NeutralPlatform.Market, lapsed.Grant!), ("suspended", NeutralPlatform.Culture, suspended.Grant!),
            ("unknown to a suspended programme", NeutralPlatform.Culture, new string('u', 43)),
        ];
    }

    /// <summary>Somebody with one trip: a calm one gives points, one above the limit takes some, so that they stand at the floor.</summary>
    private Task<Resident> Driver(string who, int overLimitKm) => Enrolled("safe-driver", who, Trip(overLimitKm));

    private async Task<Resident> Enrolled(string programme, string who, (string Type, JsonObject Data) e)
    {
        var resident = await platform.Enrol(programme, who);
        (await Send(resident, e)).Head.ShouldStartWith("HTTP/1.1 202 ");
        return resident;
    }

    private Task<RawAnswer> Ask(string service, string grant) => RawAnswer.Post(
        Address, "/v1/scores/query", platform.ServiceToken(service), Json, new JsonObject { ["grant"] = grant }.ToJsonString());

    private static (string Type, JsonObject Data) Trip(int overLimitKm) =>
        ("traffic.trip", new JsonObject { ["distanceKm"] = 9, ["overLimitKm"] = overLimitKm, ["harshBrakings"] = 0 });

    private Task<RawAnswer> Send(Resident who, (string Type, JsonObject Data) e)
    {
        var family = e.Type.StartsWith("traffic.", StringComparison.Ordinal) ? EventFamily.Traffic : EventFamily.Surveillance;
        var source = platform.Session.Standalone.Sources.First(s => s.Family == family);
        var data = e.Data.DeepClone().AsObject();
        (data["programme"], data["handle"]) = (who.Programme, who.HandleFor(family).Token);
        return RawAnswer.Post(Address, "/v1/events", source.Token, "application/cloudevents+json", new JsonObject
        {
            ["specversion"] = "1.0", ["id"] = Guid.NewGuid().ToString(), ["source"] = source.Id, ["type"] = e.Type,
            ["time"] = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), ["data"] = data,
        }.ToJsonString());
    }
}
