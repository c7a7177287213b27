using System.Net;
using System.Text;
using System.Text.Json;
using MQTTnet.Packets;

namespace Scoring.Bridge.Mqtt;

public sealed class MqttSourceTests : IAsyncLifetime
{
    private readonly ScratchPlace _place = new();
    private readonly FakePlatform _platform = new();
    private Mosquitto _broker = null!;

    public async ValueTask InitializeAsync() => _broker = await Mosquitto.Start(_place.Root);

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        _platform.Dispose();
        _place.Dispose();
    }

    [Fact]
    public async Task A_message_is_acknowledged_only_after_its_events_were_taken()
    {
        _platform.Status = HttpStatusCode.ServiceUnavailable;
        await using (var bridge = await Connected())
        {
            await _broker.Publish(Messages("trips/a", 20));
            await RunningBridge.Until(() => bridge.Metrics.RetriedTotal > 0, "the bridge pauses");
            await bridge.Stop();
        }
        _platform.Status = 0;
        await using (var bridge = await Connected())
        {
            await bridge.Carried(20);
            await bridge.Stop();
        }
        _platform.Taken.ShouldBe(Ids("trips/a", 20));
        var before = _platform.Sizes.Count;
        await using (var bridge = await Connected())
        {
            await _broker.Publish([("trips/b", EventText.Of("last", "b"))]);
            await bridge.Carried(1);
            bridge.Metrics.CarriedTotal.ShouldBe(1); // nothing came again
        }
        _platform.Sizes.Count.ShouldBe(before + 1);
    }

    [Fact]
    public async Task Each_topic_keeps_its_order_while_the_platform_fails_and_the_broker_is_killed()
    {
        for (var i = 0; i < 3; i++) _platform.AnswerNext(HttpStatusCode.ServiceUnavailable);
        await using var bridge = await Connected("--Batches:EventsMax=7", "--Batches:ParallelMax=4", "--Mqtt:ReceiveMax=50");
        await _broker.Save();
        await _broker.Publish(Messages("trips/a", 150).Zip(Messages("trips/b", 150)).SelectMany(pair => new[] { pair.First, pair.Second }));
        await _broker.Save();
        await _broker.Kill();
        await _broker.Restart();
        await _broker.Publish(Messages("trips/a", 200).Skip(150));
        await RunningBridge.Until(() => _platform.Taken.Count == 350, $"all events are taken, {_platform.Taken.Count} are");
        _platform.Taken.Where(id => id.StartsWith("trips/a", StringComparison.Ordinal)).ShouldBe(Ids("trips/a", 200));
        _platform.Taken.Where(id => id.StartsWith("trips/b", StringComparison.Ordinal)).ShouldBe(Ids("trips/b", 150));
        _platform.HasOverlap.ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_refused_is_in_the_file_of_the_day_with_its_topic_and_reasons()
    {
        await using (var bridge = await Connected())
        {
            await _broker.Publish([("trips/a", EventText.Of("bad-1")), ("trips/a", "no json"), ("trips/a", EventText.Of("3"))]);
            await bridge.Carried(1);
            await RunningBridge.Until(() => bridge.Metrics.RefusedTotal == 2, "two events are refused");
            await bridge.Stop();
        }
        JsonElement[] dead =
        [
            .. (await File.ReadAllLinesAsync(_place.In(Path.Combine("dead", _place.Names("dead").ShouldHaveSingleItem()))))
                .Select(line => JsonElement.Parse(line)).OrderBy(one => one.TryGetProperty("message", out _)),
        ];
        dead.Length.ShouldBe(2);
        dead.ShouldAllBe(one => one.GetProperty("topic").GetString() == "trips/a");
        dead[0].GetProperty("event").GetProperty("id").GetString().ShouldBe("bad-1");
        dead[0].GetProperty("reasons")[0].GetProperty("pointer").GetString().ShouldBe("/data/overLimitKmh");
        Encoding.UTF8.GetString(dead[1].GetProperty("message").GetBytesFromBase64()).ShouldBe("no json");
    }

    [Fact]
    public async Task Binary_mode_is_carried_too()
    {
        await using var bridge = await Connected();
        await _broker.Publish(
            [("trips/a", """{"handle":"h"}""")], new MqttUserProperty("specversion", "1.0"u8.ToArray()),
            new MqttUserProperty("id", "binary"u8.ToArray()));
        await bridge.Carried(1);
        _platform.Taken.ShouldBe(["binary"]);
    }

    private static IEnumerable<(string, string)> Messages(string topic, int count) =>
        Ids(topic, count).Select(id => (topic, EventText.Of(id, topic.Replace('/', '-') + "-is-the-handle")));

    private static IEnumerable<string> Ids(string topic, int count) => Enumerable.Range(0, count).Select(i => $"{topic}-{i:000}");

    private async Task<RunningBridge> Connected(params string[] settings)
    {
        var bridge = RunningBridge.Start(_platform, [.. _broker.Settings(_place.In("dead"), "trips/#"), .. settings]);
        await RunningBridge.Until(() => bridge.Log.Text.Contains("7401", StringComparison.Ordinal), "the bridge is connected");
        return bridge;
    }
}
