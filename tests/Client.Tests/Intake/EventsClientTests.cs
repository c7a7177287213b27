using System.Text.Json.Nodes;
using Scoring.Client.Tests.Requests;

namespace Scoring.Client.Tests.Intake;

public sealed class EventsClientTests
{
    private const string Event = """
        {"id":"7f3c1d20","source":"urn:example:camera-7","type":"traffic.speeding","time":"2026-11-23T08:15:00+01:00",
         "data":{"programme":"safe-driver","handle":"q7Jw0yF3t5Zk1xLm","overLimitKmh":12},"specversion":"1.0"}
        """;

    private static readonly CloudEvent Speeding = new(
        "7f3c1d20", "urn:example:camera-7", "traffic.speeding", new DateTimeOffset(2026, 11, 23, 8, 15, 0, TimeSpan.FromHours(1)),
        new CloudEventData("safe-driver", "q7Jw0yF3t5Zk1xLm") { Attributes = new Dictionary<string, object> { ["overLimitKmh"] = 12 } });

    private readonly RecordingHandler _handler = new("");

    [Fact]
    public async Task An_event_has_the_attributes_next_to_programme_and_handle()
    {
        using var client = Client();
        await client.Events.Send(Speeding);
        JsonNode.DeepEquals(JsonNode.Parse(_handler.Request!.Body!), JsonNode.Parse(Event)).ShouldBeTrue(_handler.Request.Body);
    }

    [Fact]
    public async Task A_batch_is_an_array_and_a_written_one_is_sent_as_it_is()
    {
        using var client = Client();
        await client.Events.Send([Speeding, Speeding]);
        JsonNode.Parse(_handler.Request!.Body!)!.AsArray().Count.ShouldBe(2);
        await client.Events.SendBatch("[ ]"u8.ToArray());
        _handler.Request.Body.ShouldBe("[ ]");
    }

    private ScoringClient Client() => new(new ScoringClientOptions { Addresses = { new Uri("http://gateway.example") } }, _handler);
}
