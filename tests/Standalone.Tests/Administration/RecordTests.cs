using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Administration;

[Collection(typeof(SharedPlatformCollection))]
public sealed class RecordTests(SharedPlatform platform)
{
    private const string Programme = "safe-driver";
    private const int Events = 300;

    [Fact]
    public async Task The_public_record_tells_positions_in_steps_of_256()
    {
        await FillPartitionOfActs();
        await platform.Propose(Service("record-desk"));
        var exact = await platform.Database.Rows<string>(
            $"SELECT number || ' ' || position FROM ledger.act WHERE programme = '{Programme}' OR programme IS NULL ORDER BY number");
        var positions = exact.Select(row => row.Split(' ')).ToDictionary(Number, row => long.Parse(row[1], CultureInfo.InvariantCulture));
        positions.Values.ShouldContain(position => position > 256 && position % 256 != 0, "or there would be nothing to hide");

        var shown = await Record();
        shown.Count.ShouldBe(positions.Count);
        foreach (var act in shown)
        {
            var position = positions[act.GetProperty("number").GetInt64()];
            act.GetProperty("position").GetInt64().ShouldBe(position - (position % 256));
        }

        static long Number(string[] row) => long.Parse(row[0], CultureInfo.InvariantCulture);
    }

    /// <summary>Sends events about residents until one of them was in partition 0, which also holds the acts.</summary>
    private async Task FillPartitionOfActs()
    {
        var source = platform.Session.Standalone.Sources.First(s => s.Family == EventFamily.Traffic);
        for (var i = 0; await platform.Database.Scalar<long>("SELECT position FROM ledger.head WHERE partition = 0") <= 256; i++)
        {
            i.ShouldBeLessThan(400, "each resident is in partition 0 with a probability of 1 in 16");
            var resident = await platform.Enrol(Programme, string.Create(CultureInfo.InvariantCulture, $"record-{i}"));
            var (status, answer) = await platform.Session.Platform.SendEvents(
                source.Token, CloudEvents.Batch([.. Enumerable.Range(0, Events).Select(n => Trip(resident, n))]), CancellationToken.None);
            status.ShouldBe(System.Net.HttpStatusCode.Accepted, answer?.ToString());
        }
    }

    private async Task<List<JsonElement>> Record()
    {
        var acts = new List<JsonElement>();
        for (long? after = 0; after is not null;)
        {
            var page = (await platform.Session.Api.SendJson(
                HttpMethod.Get, $"/v1/programmes/{Programme}/record?after={after}&count=3", null, null, CancellationToken.None))
                .ShouldNotBeNull();
            acts.AddRange(page.GetProperty("acts").EnumerateArray());
            var next = page.GetProperty("after");
            after = next.ValueKind == JsonValueKind.Null ? null : next.GetInt64();
        }
        return acts;
    }

    private static OutgoingEvent Trip(Resident resident, int number) => new(
        resident, resident.HandleFor(EventFamily.Traffic), "traffic.trip",
        string.Create(CultureInfo.InvariantCulture, $"record-{number}"), TimeProvider.System.GetUtcNow(), default,
        new JsonObject { ["distanceKm"] = 7, ["overLimitKm"] = 0, ["harshBrakings"] = 0 });

    private static JsonObject Service(string id) => new()
    {
        ["id"] = id, ["programme"] = Programme, ["context"] = "mobility", ["legalEntity"] = "City Records Ltd",
        ["purpose"] = "A free map", ["contact"] = "privacy@record-desk.example",
        ["lastDay"] = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(300)
            .ToString("O", CultureInfo.InvariantCulture),
    };
}
