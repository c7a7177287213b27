using System.Net;
using Scoring.Bridge.Settings;

namespace Scoring.Bridge.Folders;

public sealed class FolderSourceTests : IDisposable
{
    private readonly ScratchPlace _place = new();
    private readonly FakePlatform _platform = new();

    [Fact]
    public async Task A_file_is_done_when_all_of_its_events_were_taken_in_their_order()
    {
        string[] ids = [.. Enumerable.Range(0, 1500).Select(i => $"e{i:0000}")];
        _place.Put("a.jsonl", [.. ids.Select(id => EventText.Of(id)), "", "  "]);
        await using var bridge = Start("--Batches:ParallelMax=4", "--Batches:EventsMax=100");
        await RunningBridge.Until(() => _place.Names("done").Length == 1, "the file is done");
        _platform.Taken.ShouldBe(ids);
        _platform.HasOverlap.ShouldBeFalse();
        _place.Names().ShouldBeEmpty();
        _place.Names("dead").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_refused_is_in_dead_with_its_reasons_and_the_others_are_carried()
    {
        _place.Put("a.ndjson", EventText.Of("1"), EventText.Of("bad-2"), "no json", EventText.Of("4") + "\r");
        await using var bridge = Start();
        await RunningBridge.Until(() => _place.Names("done").Length == 1, "the file is done");
        _platform.Taken.ShouldBe(["1", "4"]);
        _place.Names("dead").ShouldBe(["a.ndjson", "a.ndjson.reasons.jsonl"]);
        _place.Text("dead/a.ndjson").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe([EventText.Of("bad-2"), "no json"], ignoreOrder: true);
        var reasons = _place.Text("dead/a.ndjson.reasons.jsonl");
        reasons.ShouldContain("""{"line":2,"reasons":[{"pointer":"/data/overLimitKmh","detail":"It must be from 0 to 200."}]}""");
        reasons.ShouldContain("""{"line":3,"reasons":[{"pointer":"","detail":"It is not JSON."}]}""");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(_place.In("dead/a.ndjson")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_document_holds_one_event_or_an_array_on_any_number_of_lines()
    {
        _place.Put("a.json", "[", EventText.Of("1") + ",", EventText.Of("bad-2").Replace(",", ",\n ", StringComparison.Ordinal), "]");
        _place.Put("b.json", EventText.Of("3"));
        _place.Put("c.json", "[]");
        await using var bridge = Start();
        await RunningBridge.Until(() => _place.Names("done").Length == 3, "the files are done");
        _platform.Taken.ShouldBe(["1", "3"], ignoreOrder: true);
        _place.Text("dead/a.json").ShouldBe(EventText.Of("bad-2") + "\n"); // on one line, so that it can be carried as it is
    }

    [Fact]
    public async Task A_file_with_a_line_that_is_too_long_is_dead_as_a_whole_and_its_other_lines_are_carried()
    {
        _place.Put("a.jsonl", EventText.Of("1"), EventText.Of("2" + new string('x', 5000)), EventText.Of("3"));
        await using var bridge = Start("--Batches:BytesMax=2048");
        await RunningBridge.Until(() => _place.Names("dead").Length == 2, "the file is dead");
        _platform.Taken.ShouldBe(["1", "3"]);
        _place.Text("dead/a.jsonl").Split('\n').Length.ShouldBe(4);
        _place.Text("dead/a.jsonl.reasons.jsonl").ShouldContain("\"line\":2");
        _place.Names("done").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_stays_until_the_platform_decides_and_is_read_again_after_a_stop()
    {
        _platform.Status = HttpStatusCode.ServiceUnavailable;
        _place.Put("a.jsonl", EventText.Of("bad-1"), EventText.Of("2"));
        await using (var bridge = Start())
        {
            await RunningBridge.Until(() => bridge.Metrics.RetriedTotal > 0, "the bridge pauses");
            await bridge.Stop();
        }
        _place.Names().ShouldBe(["a.jsonl"]);
        _platform.Status = 0;
        await using var next = Start();
        await RunningBridge.Until(() => _place.Names("done").Length == 1, "the file is done");
        _platform.Taken.ShouldBe(["2"]);
        _place.Text("dead/a.jsonl").ShouldBe(EventText.Of("bad-1") + "\n");
    }

    [Fact]
    public async Task Files_of_the_same_name_do_not_replace_each_other()
    {
        await using var bridge = Start();
        foreach (var id in new[] { "bad-1", "bad-2" })
        {
            _place.Put("a.jsonl", EventText.Of(id));
            await RunningBridge.Until(() => _place.Names().Length == 0, "the file is moved");
        }
        _place.Names("done").ShouldBe(["a.jsonl", "a.jsonl.2"]);
        _place.Text("dead/a.jsonl").ShouldContain("bad-1");
        _place.Text("dead/a.jsonl.2").ShouldContain("bad-2");
    }

    [Fact]
    public async Task With_no_days_a_done_file_is_deleted_at_once()
    {
        _place.Put("a.jsonl", EventText.Of("1"));
        await using var bridge = Start("--Folder:DoneDays=0");
        await bridge.Carried(1);
        await RunningBridge.Until(() => _place.Names().Length == 0, "the file is gone");
        _place.Names("done").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_bridge_on_the_folder_is_refused()
    {
        await using var bridge = Start();
        Should.Throw<SettingsException>(() => Start());
    }

    [Fact]
    public async Task Memory_is_bounded_while_the_platform_takes_nothing()
    {
        _platform.Status = HttpStatusCode.TooManyRequests;
        _place.Put("a.jsonl", [.. Enumerable.Range(0, 500).Select(i => EventText.Of($"e{i}"))]);
        var settings = new[] { "--Buffer:EventsMax=20", "--Batches:EventsMax=10", $"--Bridge:HealthFile={_place.In("health.txt")}" };
        await using var bridge = Start(settings);
        await RunningBridge.Until(() => bridge.Metrics.RetriedTotal > 2, "the bridge pauses");
        using var health = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(_place.In("health.txt")));
        health.RootElement.GetProperty("buffered").GetInt64().ShouldBeLessThanOrEqualTo(20);
        _platform.Status = 0;
        await bridge.Carried(500);
        _platform.Taken.Count.ShouldBe(500);
    }

    public void Dispose()
    {
        _platform.Dispose();
        _place.Dispose();
    }

    private RunningBridge Start(params string[] settings) =>
        RunningBridge.Start(_platform, ["--Bridge:From=Folder", $"--Folder:Path={_place.Root}", .. settings]);
}
