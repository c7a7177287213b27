using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.City.Platform;

namespace Scoring.Neutral;

/// <summary>DESIGN §1.3 and §1.1, byte for byte: whatever the reason, whoever may not be told anything of gets what a stranger gets.</summary>
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
        var (enrolled, restricted, withdrawn) = (await Enrolled("e1"), await Enrolled("e2"), await Enrolled("e3"));
        await platform.Own(restricted, HttpMethod.Put, "/restriction");
        await platform.Own(withdrawn, HttpMethod.Delete, "");
        var stranger = platform.Session.TownHall.Meet("safe-driver", "e4");
        var answers = await Task.WhenAll(new[] { enrolled, restricted, withdrawn, stranger }.Select(Send));
        answers[3].Shape().ShouldStartWith("HTTP/1.1 202 ");
        answers[3].Body.ShouldBeEmpty();
        foreach (var answer in answers) answer.Shape().ShouldBe(answers[3].Shape());
    }

    private async Task<List<(string Name, string Service, string Grant)>> Kinds()
    {
        var (floor, giver, restricted, withdrawn) =
            (await Enrolled("floor"), await Enrolled("giver"), await Enrolled("restricted"), await Enrolled("withdrawn"));
        var (lapsed, suspended) = (await platform.Enrol("clean-kitchen", "lapsed"), await platform.Enrol("fair-payer", "suspended"));
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

    /// <summary>Somebody with one event, which takes points away: they stand at the floor.</summary>
    private async Task<Resident> Enrolled(string who)
    {
        var resident = await platform.Enrol("safe-driver", who);
        (await Send(resident)).Head.ShouldStartWith("HTTP/1.1 202 ");
        return resident;
    }

    private Task<RawAnswer> Ask(string service, string grant) => RawAnswer.Post(
        Address, "/v1/scores/query", platform.ServiceToken(service), Json, new JsonObject { ["grant"] = grant }.ToJsonString());

    private Task<RawAnswer> Send(Resident who)
    {
        var source = platform.Session.Standalone.Sources.First(s => s.Family == EventFamily.Traffic);
        return RawAnswer.Post(Address, "/v1/events", source.Token, "application/cloudevents+json", new JsonObject
        {
            ["specversion"] = "1.0", ["id"] = Guid.NewGuid().ToString(), ["source"] = source.Id, ["type"] = "traffic.trip",
            ["time"] = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            ["data"] = new JsonObject
            {
                ["programme"] = "safe-driver", ["handle"] = who.HandleFor(EventFamily.Traffic).Token,
                ["distanceKm"] = 9, ["overLimitKm"] = 7, ["harshBrakings"] = 4,
            },
        }.ToJsonString());
    }
}
