using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Hosting;

namespace Scoring.Scores;

/// <summary>
/// Tests DESIGN §1.3 and §1.1 byte for byte: every reason to reveal nothing about a subject gives the answer of an unknown grant.
/// </summary>
[Collection(typeof(SharedPlatformCollection))]
public sealed class NeutralAnswerTests(SharedPlatform platform)
{
    private const string Json = "application/json";

    private Uri Address => platform.Session.Standalone.Address;

    [Fact]
    public async Task Every_neutral_answer_equals_an_unknown_grants_byte_for_byte_also_when_the_ledger_is_unavailable()
    {
        var kinds = await Kinds();
        var answers = await Task.WhenAll(kinds.Select(async kind => (kind.Name, Answer: await Query(kind.Service, kind.Grant))));
        var unknown = answers.Single(answer => answer.Name == "unknown").Answer.Shape();
        unknown.ShouldStartWith("HTTP/1.1 200 OK\r\n");
        unknown.ShouldContain("\"score\":500,\"tier\":\"baseline\"");
        foreach (var (name, answer) in answers) answer.Shape().ShouldBe(unknown, name);
        answers.Select(answer => answer.Answer.Body).Distinct().Count().ShouldBe(answers.Length, "each has a reference of its own");

        // No entry can be appended while another transaction holds every partition.
        await using var held = await platform.Database.Hold("SELECT partition FROM ledger.head FOR UPDATE");
        var refused = await Task.WhenAll(kinds.Select(async kind => (kind.Name, Answer: await Query(kind.Service, kind.Grant))));
        var unavailable = refused.Single(answer => answer.Name == "unknown").Answer.Shape();
        unavailable.ShouldStartWith("HTTP/1.1 503 ");
        unavailable.ShouldContain("Retry-After: 1");
        foreach (var (name, answer) in refused) answer.Shape().ShouldBe(unavailable, name);
        await held.DisposeAsync();
        foreach (var number in (int[])[2, 3]) await platform.Administrator(number).Administration.Resume("fair-payer");
    }

    [Fact]
    public async Task Events_about_enrolled_and_unenrolled_subjects_are_answered_alike()
    {
        var enrolled = await Driver("e1", 0);
        var restricted = await Driver("e2", 0);
        var withdrawn = await Driver("e3", 0);
        await platform.Own(restricted, HttpMethod.Put, "/restriction");
        await platform.Own(withdrawn, HttpMethod.Delete, "");
        var unenrolled = platform.Session.Residents.Draw("safe-driver", "e4");
        var answers = await Task.WhenAll(new[] { enrolled, restricted, withdrawn, unenrolled }.Select(resident => Send(resident, Trip(0))));
        answers[3].Shape().ShouldStartWith("HTTP/1.1 202 ");
        answers[3].Body.ShouldBeEmpty();
        foreach (var answer in answers) answer.Shape().ShouldBe(answers[3].Shape());
    }

    private async Task<List<(string Name, string Service, string Grant)>> Kinds()
    {
        var floor = await Driver("floor", 9);
        var giver = await Driver("giver", 0);
        var restricted = await Driver("restricted", 0);
        var withdrawn = await Driver("withdrawn", 0);
        var lapsed = await Enrolled("clean-kitchen", "lapsed", ("surveillance.self-check", new() { ["withinLimits"] = true }));
        var suspended = await Enrolled("fair-payer", "suspended", ("surveillance.check-in", new() { ["venue"] = "library" }));
        foreach (var high in new[] { giver, restricted, withdrawn, lapsed, suspended })
            (await platform.Own(high, HttpMethod.Get, "/score"))!.Value.GetProperty("score").GetInt64().ShouldBeGreaterThan(500);
        var expired = await platform.Grant(giver, SharedPlatform.Parking, until: TimeProvider.System.GetUtcNow().AddDays(1));
        await platform.Database.Execute($"UPDATE ledger.grant_ SET until = now() - interval '1 second' WHERE id = '{expired.Id}'");
        var revoked = await platform.Grant(giver, SharedPlatform.Parking);
        await platform.Own(giver, HttpMethod.Delete, $"/grants/{revoked.Id}");
        var usedUp = await platform.Grant(giver, SharedPlatform.Parking, uses: 1);
        await platform.UseUp(SharedPlatform.Parking, usedUp.Token);
        var foreign = await platform.Grant(giver, SharedPlatform.Garage);
        await platform.Own(restricted, HttpMethod.Put, "/restriction");
        await platform.Own(withdrawn, HttpMethod.Delete, "");
        await platform.Widen("clean-kitchen");
        await platform.Administrator(1).Administration.Suspend("fair-payer", new Client.SuspensionRequest("A test."));
        return
        [
            ("a subject at the floor", SharedPlatform.Parking, floor.Grant!),
            ("unknown", SharedPlatform.Parking, new string('u', 43)),
            ("forged, empty", SharedPlatform.Parking, ""), ("forged, long", SharedPlatform.Parking, new string('x', 30_000)),
            ("forged, of other letters", SharedPlatform.Parking, "\u00e9\u4e2d\0 '; --"),
            ("foreign", SharedPlatform.Parking, foreign.Token), ("expired", SharedPlatform.Parking, expired.Token),
            ("revoked", SharedPlatform.Parking, revoked.Token), ("used up", SharedPlatform.Parking, usedUp.Token),
            ("restricted", SharedPlatform.Parking, restricted.Grant!), ("withdrawn", SharedPlatform.Parking, withdrawn.Grant!),
            ("lapsed", SharedPlatform.Market, lapsed.Grant!), ("suspended", SharedPlatform.Culture, suspended.Grant!),
            ("unknown to a suspended programme", SharedPlatform.Culture, new string('u', 43)),
        ];
    }

    /// <summary>
    /// Enrols a driver and sends one trip: a calm trip gives points, and one above the limit takes points, down to the floor.
    /// </summary>
    private Task<Resident> Driver(string name, int overLimitKm) => Enrolled("safe-driver", name, Trip(overLimitKm));

    private async Task<Resident> Enrolled(string programme, string name, (string Type, JsonObject Data) e)
    {
        var resident = await platform.Enrol(programme, name);
        (await Send(resident, e)).Head.ShouldStartWith("HTTP/1.1 202 ");
        return resident;
    }

    private Task<RawAnswer> Query(string service, string grant) => RawAnswer.Post(
        Address, "/v1/scores/query", platform.ServiceToken(service), Json, new JsonObject { ["grant"] = grant }.ToJsonString());

    private static (string Type, JsonObject Data) Trip(int overLimitKm) =>
        ("traffic.trip", new JsonObject { ["distanceKm"] = 9, ["overLimitKm"] = overLimitKm, ["harshBrakings"] = 0 });

    private Task<RawAnswer> Send(Resident resident, (string Type, JsonObject Data) e)
    {
        var family = e.Type.StartsWith("traffic.", StringComparison.Ordinal) ? EventFamily.Traffic : EventFamily.Surveillance;
        var source = platform.Session.Standalone.Sources.First(s => s.Family == family);
        var data = e.Data.DeepClone().AsObject();
        data["programme"] = resident.Programme;
        data["handle"] = resident.HandleFor(family).Token;
        return RawAnswer.Post(Address, "/v1/events", source.Token, "application/cloudevents+json", new JsonObject
        {
            ["specversion"] = "1.0", ["id"] = Guid.NewGuid().ToString(), ["source"] = source.Id, ["type"] = e.Type,
            ["time"] = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), ["data"] = data,
        }.ToJsonString());
    }
}
