using Scoring.Bridge.Kafka;
using Scoring.Bridge.Mqtt;

namespace Scoring.Bridge.Carriage;

/// <summary>
/// The bridge as a process in front of a real platform, with everything killed by SIGKILL in between: what participants see holds each
/// event once, and every score is the one recomputed from the published events.
/// </summary>
[Collection(typeof(BridgeCityCollection))]
public sealed class KilledProcessTests(BridgeCity city) : IDisposable
{
    private readonly ScratchPlace _place = new();

    [Fact]
    public async Task From_MQTT_nothing_is_lost_and_nothing_doubled_when_broker_platform_and_bridge_are_killed()
    {
        await using var broker = await Mosquitto.Start(_place.Root);
        string[] arguments = [.. broker.Settings(_place.In("dead"), "trips/#"), .. city.Settings, "--Batches:EventsMax=20"];
        using var first = BridgeProcess.Start(arguments);
        await Printed(first, "connected");
        await broker.Save(); // the session
        await Publish(broker, 150);
        await broker.Kill();
        await broker.Restart();
        await Publish(broker, 150);
        await city.KillPlatform();
        await Publish(broker, 150);
        await Printed(first, "pauses");
        await first.Kill();
        await city.StartPlatform();
        using var second = BridgeProcess.Start(arguments);
        await Publish(broker, 50);
        await city.ShouldHoldEachEventOnce();
        (await second.Stop()).ShouldBe(0, second.Printed);
        ShouldNameNoPerson(first, second);
        Directory.EnumerateFileSystemEntries(_place.In("dead")).ShouldBeEmpty();
    }

    [Fact]
    public async Task From_a_folder_nothing_is_lost_and_nothing_doubled_when_the_bridge_is_killed_in_the_middle_of_a_file()
    {
        Directory.CreateDirectory(_place.In("in"));
        foreach (var name in new[] { "1", "2", "3" })
            _place.Put($"in/{name}.jsonl", [.. city.Events(400).Select(one => one.Json), "no json " + EventText.Canary]);
        string[] arguments =
        [
            "--Bridge:From=Folder", $"--Folder:Path={_place.In("in")}", $"--Bridge:HealthFile={_place.In("health")}",
            "--Bridge:HealthSeconds=1",
            .. city.Settings, "--Batches:EventsMax=10", "--Batches:ParallelMax=1",
        ];
        using var first = BridgeProcess.Start(arguments);
        await RunningBridge.Until(() => first.HasExited || Carried(_place.In("health")) > 0, "some events are carried");
        await first.Kill();
        _place.Names("in").ShouldNotBeEmpty("it was killed in the middle");
        using var second = BridgeProcess.Start([.. arguments, "--Batches:EventsMax=500"]);
        await RunningBridge.Until(() => _place.Names("in/done").Length == 3, "the files are done: " + second.Printed);
        (await second.Stop()).ShouldBe(0, second.Printed);
        await city.ShouldHoldEachEventOnce();
        foreach (var name in new[] { "1", "2", "3" })
            _place.Text($"in/dead/{name}.jsonl").ShouldBe("no json " + EventText.Canary + "\n");
        ShouldNameNoPerson(first, second);
    }

    [Fact]
    public async Task From_Kafka_nothing_is_lost_and_nothing_doubled_when_the_bridge_is_killed()
    {
        using var kafka = new MockKafka("trips", "trips.dead");
        string[] arguments = [.. kafka.Settings("trips"), .. city.Settings, "--Batches:EventsMax=20"];
        await Publish(kafka, 200);
        using var first = BridgeProcess.Start([.. arguments, $"--Bridge:HealthFile={_place.In("health")}", "--Bridge:HealthSeconds=1"]);
        await RunningBridge.Until(() => first.HasExited || Carried(_place.In("health")) > 0, "some events are carried");
        await Publish(kafka, 200);
        await first.Kill();
        await Publish(kafka, 50);
        using var second = BridgeProcess.Start(arguments);
        await city.ShouldHoldEachEventOnce();
        (await second.Stop()).ShouldBe(0, second.Printed);
        ShouldNameNoPerson(first, second);
    }

    public void Dispose() => _place.Dispose();

    private static long Carried(string health)
    {
        if (!File.Exists(health)) return 0;
        using var read = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(health));
        return read.RootElement.GetProperty("carried").GetInt64();
    }

    private static Task Printed(BridgeProcess bridge, string text) => RunningBridge.Until(
        () => bridge.HasExited || bridge.Printed.Contains(text, StringComparison.Ordinal), $"the bridge prints {text}: {bridge.Printed}");

    private void ShouldNameNoPerson(params BridgeProcess[] bridges)
    {
        foreach (var bridge in bridges)
        {
            bridge.Printed.ShouldNotContain(EventText.Canary);
            bridge.Printed.ShouldNotContain("eyJ"); // the beginning of each token
            foreach (var handle in city.Handles) bridge.Printed.ShouldNotContain(handle.Token);
        }
    }

    /// <summary>Publishes events to a topic for each handle, as sources do, and has the broker save them.</summary>
    private async Task Publish(Mosquitto broker, int count)
    {
        await broker.Publish(city.Events(count).Select(one => ($"trips/{one.Handle.Token}", one.Json)));
        await broker.Save();
    }

    private Task Publish(MockKafka kafka, int count) =>
        kafka.Publish("trips", [.. city.Events(count).Select(one => (one.Handle.Token[0] % 2, one.Json, (Confluent.Kafka.Headers?)null))]);
}
