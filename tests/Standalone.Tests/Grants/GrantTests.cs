using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Erasures;
using Scoring.Hosting;

namespace Scoring.Grants;

[Collection(typeof(SharedPlatformCollection))]
public sealed class GrantTests(SharedPlatform platform)
{
    [Fact]
    public async Task A_grant_is_bound_to_its_service_and_its_number_of_uses()
    {
        var resident = await platform.Enrol("safe-driver", "grants");
        await Drive(resident);
        var plain = await platform.Grant(resident, SharedPlatform.Garage);
        var twice = await platform.Grant(resident, SharedPlatform.Parking, uses: 2);
        (plain.Token.Length, twice.Token.Length).ShouldBe((43, 43));

        Score(await platform.Query(SharedPlatform.Garage, plain.Token)).ShouldBe((504, "baseline"));
        Score(await platform.Query(SharedPlatform.Parking, plain.Token)).ShouldBe((500, "baseline"), "the grant is for the other service");
        Score(await platform.Query(SharedPlatform.Garage, twice.Token)).ShouldBe((500, "baseline"));
        (await UsesLeft(resident, twice.Id)).ShouldBe(2, "a query by the wrong service does not count as a use");

        var scores = new Dictionary<string, long>();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (scores.Count < 4)
        {
            timeout.Token.ThrowIfCancellationRequested();
            var answer = await platform.Query(SharedPlatform.Parking, twice.Token);
            var reference = answer.GetProperty("reference").GetString()!;
            var score = answer.GetProperty("score").GetInt64();
            if (!scores.TryAdd(reference, score)) scores[reference].ShouldBe(score, "an answer does not change within its validity");
        }
        scores.Values.ShouldBe([504, 504, 500, 500]);
        (await UsesLeft(resident, twice.Id)).ShouldBe(0, "a used-up grant stays listed");
        Score(await platform.Query(SharedPlatform.Garage, plain.Token)).ShouldBe((504, "baseline"));

        var history = (await platform.Own(resident, HttpMethod.Get, "/history"))!.Value.GetProperty("entries").EnumerateArray().ToArray();
        Of(history, "queried", twice.Id).Length.ShouldBe(2);
        Of(history, "granted", twice.Id).Single().GetProperty("body").GetProperty("uses").GetInt32().ShouldBe(2);
        Of(history, "granted", plain.Id).Single().GetProperty("body").TryGetProperty("uses", out _).ShouldBeFalse();

        await platform.Own(resident, HttpMethod.Delete, $"/grants/{plain.Id}");
        Score(await platform.Query(SharedPlatform.Garage, plain.Token)).ShouldBe((500, "baseline"));
        (await platform.Own(resident, HttpMethod.Get, "/grants"))!.Value.EnumerateArray()
            .Select(grant => grant.GetProperty("id").GetString())
            .ShouldNotContain(plain.Id);
    }

    private static JsonElement[] Of(JsonElement[] history, string kind, string grant) =>
        [.. history.Where(e => e.GetProperty("kind").GetString() == kind
            && e.GetProperty("body").GetProperty("grant").GetString() == grant)];

    private static (long Score, string Tier) Score(JsonElement answer) =>
        (answer.GetProperty("score").GetInt64(), answer.GetProperty("tier").GetString()!);

    private async Task<int?> UsesLeft(Resident resident, string grant) =>
        (await platform.Own(resident, HttpMethod.Get, "/grants"))!.Value.EnumerateArray()
            .Single(g => g.GetProperty("id").GetString() == grant).GetProperty("usesLeft").GetInt32();

    /// <summary>Sends one calm trip, which gives four points.</summary>
    private async Task Drive(Resident resident)
    {
        using var sender = new EventSender(platform.Session);
        var trip = new JsonArray(sender.Event(resident, "one-calm-trip", new Trip(12, 0, 0)));
        var token = platform.Session.Standalone.Sources.First(s => s.Family == EventFamily.Traffic).Token;
        await platform.Session.Platform.SendEvents(token, Encoding.UTF8.GetBytes(trip.ToJsonString()), CancellationToken.None);
    }
}
