using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Canaries;

namespace Scoring.Neutral;

[Collection(typeof(OnOnePlatform))]
public sealed class GrantTests(NeutralPlatform platform)
{
    [Fact]
    public async Task A_grant_is_bound_to_its_service_and_good_for_its_uses()
    {
        var who = await platform.Enrol("safe-driver", "grants");
        await Drive(who);
        var plain = await platform.Grant(who, NeutralPlatform.Garage);
        var twice = await platform.Grant(who, NeutralPlatform.Parking, uses: 2);
        (plain.Token.Length, twice.Token.Length).ShouldBe((43, 43));

        Score(await platform.Ask(NeutralPlatform.Garage, plain.Token)).ShouldBe((504, "baseline"));
        Score(await platform.Ask(NeutralPlatform.Parking, plain.Token)).ShouldBe((500, "baseline"), "it is the other service's");
        Score(await platform.Ask(NeutralPlatform.Garage, twice.Token)).ShouldBe((500, "baseline"));
        (await Left(who, twice.Id)).ShouldBe(2, "what leads nowhere is no use");

        var told = new Dictionary<string, long>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (told.Count < 4)
        {
            patience.Token.ThrowIfCancellationRequested();
            var answer = await platform.Ask(NeutralPlatform.Parking, twice.Token);
            var (reference, score) = (answer.GetProperty("reference").GetString()!, answer.GetProperty("score").GetInt64());
            if (!told.TryAdd(reference, score)) told[reference].ShouldBe(score, "within an answer's validity it stays");
        }
        told.Values.ShouldBe([504, 504, 500, 500]);
        (await Left(who, twice.Id)).ShouldBe(0, "it stays listed");
        Score(await platform.Ask(NeutralPlatform.Garage, plain.Token)).ShouldBe((504, "baseline"));

        var history = (await platform.Own(who, HttpMethod.Get, "/history"))!.Value.GetProperty("entries").EnumerateArray().ToArray();
        Of(history, "queried", twice.Id).Length.ShouldBe(2);
        Of(history, "granted", twice.Id).Single().GetProperty("body").GetProperty("uses").GetInt32().ShouldBe(2);
        Of(history, "granted", plain.Id).Single().GetProperty("body").TryGetProperty("uses", out _).ShouldBeFalse();

        await platform.Own(who, HttpMethod.Delete, $"/grants/{plain.Id}");
        Score(await platform.Ask(NeutralPlatform.Garage, plain.Token)).ShouldBe((500, "baseline"));
        (await platform.Own(who, HttpMethod.Get, "/grants"))!.Value.EnumerateArray().Select(grant => grant.GetProperty("id").GetString())
            .ShouldNotContain(plain.Id);
    }

    private static JsonElement[] Of(JsonElement[] history, string kind, string grant) =>
        [.. history.Where(e => e.GetProperty("kind").GetString() == kind
            && e.GetProperty("body").GetProperty("grant").GetString() == grant)];

    private static (long Score, string Tier) Score(JsonElement answer) =>
        (answer.GetProperty("score").GetInt64(), answer.GetProperty("tier").GetString()!);

    private async Task<int?> Left(Resident who, string grant) =>
        (await platform.Own(who, HttpMethod.Get, "/grants"))!.Value.EnumerateArray()
            .Single(g => g.GetProperty("id").GetString() == grant).GetProperty("usesLeft").GetInt32();

    /// <summary>One calm trip: four points.</summary>
    private async Task Drive(Resident who)
    {
        using var sending = new Sending(platform.Session);
        var trip = new JsonArray(sending.Event(who, "one-calm-trip", new Trip(12, 0, 0)));
        var token = platform.Session.Standalone.Sources.First(s => s.Family == EventFamily.Traffic).Token;
        await platform.Session.Participation.Post(token, Encoding.UTF8.GetBytes(trip.ToJsonString()), CancellationToken.None);
    }
}
