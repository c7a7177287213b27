using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;

namespace Scoring.City.Tests.Replays;

public sealed class CloudEventsTests
{
    [Fact]
    public void A_batch_has_the_JSON_form_of_CloudEvents()
    {
        var handle = new Handle("https://source.example", EventFamily.Traffic, "a-handle-of-16-chars");
        var resident = new Resident("safe-driver", "who", "participant", 0, [handle]);
        var at = new DateTimeOffset(2026, 11, 23, 8, 15, 0, TimeSpan.FromHours(1));
        var batch = CloudEvents.Batch(
            [new OutgoingEvent(
                resident, handle, "traffic.trip", "id-1", at, new DateOnly(2026, 11, 23), new JsonObject { ["distanceKm"] = 12 })]);
        JsonSerializer.Serialize(JsonNode.Parse(batch)).ShouldBe(JsonSerializer.Serialize(JsonNode.Parse("""
            [{"specversion":"1.0","id":"id-1","source":"https://source.example","type":"traffic.trip","time":"2026-11-23T08:15:00+01:00",
              "data":{"programme":"safe-driver","handle":"a-handle-of-16-chars","distanceKm":12}}]
            """)));
    }
}
