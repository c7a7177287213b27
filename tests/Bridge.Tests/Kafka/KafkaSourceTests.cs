using System.Net;
using System.Text;
using Confluent.Kafka;

namespace Scoring.Bridge.Kafka;

public sealed class KafkaSourceTests : IDisposable
{
    private const string Topic = "trips";

    private readonly MockKafka _kafka = new(Topic, Topic + ".dead");
    private readonly FakePlatform _platform = new();

    [Fact]
    public async Task An_offset_is_committed_only_after_the_events_before_it_were_taken()
    {
        _platform.Status = HttpStatusCode.ServiceUnavailable;
        await _kafka.Publish(Topic, [.. Messages(0, 30)]);
        await using (var bridge = Start())
        {
            await RunningBridge.Until(() => bridge.Metrics.RetriedTotal > 0, "the bridge pauses");
            await bridge.Stop();
        }
        _kafka.Committed(Topic, 0).ShouldBe(Offset.Unset.Value);
        _platform.Status = 0;
        await using (var bridge = Start())
        {
            await bridge.Carried(30);
            await bridge.Stop();
        }
        _kafka.Committed(Topic, 0).ShouldBe(30);
        _platform.Taken.ShouldBe(Ids(0, 30));
    }

    [Fact]
    public async Task Each_partition_keeps_its_order_while_the_platform_fails_and_the_brokers_go_away()
    {
        for (var i = 0; i < 3; i++) _platform.AnswerNext(HttpStatusCode.TooManyRequests);
        _platform.BreakNext();
        await using var bridge = Start("--Batches:EventsMax=7", "--Batches:ParallelMax=4", "--Buffer:EventsMax=20");
        await _kafka.Publish(Topic, [.. Messages(0, 100), .. Messages(1, 100)]);
        _kafka.SetDown(true);
        _kafka.SetDown(false);
        await _kafka.Publish(Topic, [.. Messages(0, 50, from: 100)]);
        await RunningBridge.Until(() => _platform.Taken.Count == 250, "all events are taken", bridge.Log);
        _platform.Taken.Where(id => id[1] == '0').ShouldBe(Ids(0, 150));
        _platform.Taken.Where(id => id[1] == '1').ShouldBe(Ids(1, 100));
        _platform.HasOverlap.ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_refused_is_in_the_topic_of_dead_letters_with_its_reasons_and_its_offset_is_taken()
    {
        await _kafka.Publish(
            Topic, (0, EventText.Of("bad-1"), null), (0, "no json", [new Header("x", "y"u8.ToArray())]), (0, EventText.Of("3"), null));
        await using (var bridge = Start())
        {
            await bridge.Carried(1);
            await RunningBridge.Until(() => bridge.Metrics.RefusedTotal == 2, "two events are refused");
            await bridge.Stop();
        }
        _kafka.Committed(Topic, 0).ShouldBe(3);
        var dead = _kafka.Messages(Topic + ".dead", 2).OrderBy(message => Header(message, "scoring-offset")).ToArray();
        dead.Select(message => Encoding.UTF8.GetString(message.Value)).ShouldBe([EventText.Of("bad-1"), "no json"]);
        dead.Select(message => Header(message, "scoring-offset")).ShouldBe(["0", "1"]);
        Header(dead[0], "scoring-reasons").ShouldBe("""[{"pointer":"/data/overLimitKmh","detail":"It must be from 0 to 200."}]""");
        Header(dead[0], "scoring-topic").ShouldBe(Topic);
        Header(dead[1], "x").ShouldBe("y");
        dead[0].Key.ShouldBe("key"u8.ToArray());
    }

    [Fact]
    public async Task Binary_mode_and_arrays_are_carried_too()
    {
        Headers headers =
        [
            new Header("ce_specversion", "1.0"u8.ToArray()), new Header("ce_id", "binary"u8.ToArray()),
            new Header("ce_source", "urn:test"u8.ToArray()), new Header("content-type", "application/json"u8.ToArray()),
        ];
        await _kafka.Publish(
            Topic, (0, """{"handle":"h"}""", headers), (0, $"[{EventText.Of("1")},{EventText.Of("2")}]", null), (0, "[]", null));
        await using (var bridge = Start())
        {
            await bridge.Carried(3);
            await bridge.Stop();
        }
        _platform.Taken.ShouldBe(["binary", "1", "2"]);
        _kafka.Committed(Topic, 0).ShouldBe(3);
    }

    public void Dispose()
    {
        _platform.Dispose();
        _kafka.Dispose();
    }

    private static IEnumerable<(int, string, Headers?)> Messages(int partition, int count, int from = 0) =>
        Ids(partition, count + from).Skip(from)
            .Select(id => (partition, EventText.Of(id, $"handle-of-partition-{partition}"), (Headers?)null));

    private static IEnumerable<string> Ids(int partition, int count) => Enumerable.Range(0, count).Select(i => $"p{partition}-{i:000}");

    private static string Header(Message<byte[], byte[]> message, string name) =>
        Encoding.UTF8.GetString(message.Headers.GetLastBytes(name));

    private RunningBridge Start(params string[] settings) =>
        RunningBridge.Start(_platform, [.. _kafka.Settings(Topic), .. settings]);
}
