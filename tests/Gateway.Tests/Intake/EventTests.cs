using System.Text;
using CsCheck;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Testing;

namespace Scoring.Intake;

public sealed class EventTests(RunningGateway running) : IClassFixture<RunningGateway>
{
    [Fact]
    public async Task An_event_is_handed_on_with_its_canonical_body()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.PostEvents(Some.Event(data: "\"zone\":\"school\",\"overLimitKmh\":-0,\"night\":true"));

        answer.Status.ShouldBe(202, answer.Text);
        answer.Text.ShouldBeEmpty();
        var batch = gateway.City.Appended.ShouldNotBeNull();
        batch.Source.ShouldBe(Some.Source);
        var taken = batch.Events.ShouldHaveSingleItem();
        (taken.Id, taken.Programme, taken.Handle, taken.Time).ShouldBe(("e1", Some.SafeDriver, Some.Handle, Some.Instant));
        Encoding.UTF8.GetString(taken.Body).ShouldBe(
            """{"data":{"night":true,"overLimitKmh":0,"zone":"school"},"source":"urn:example:camera-7","type":"traffic.speeding"}""");
    }

    [Theory]
    [InlineData(",\"subject\":\"someone\"")]
    [InlineData(",\"subject\":null")]
    [InlineData(",\"dataschema\":\"https://schemas.example/speeding\"")]
    [InlineData(",\"datacontenttype\":\"application/json\"")]
    [InlineData(",\"datacontenttype\":\"application/vnd.city+json; charset=UTF-8\"")]
    [InlineData(",\"ext\":\"text\",\"ext2\":true,\"ext3\":-2147483648,\"ext4\":null,\"averyveryverylongextensionattributename\":\"\"")]
    [InlineData(",\"ext\":\"\\ud83d\\ude00\"")]
    public async Task What_CloudEvents_allows_is_taken_and_dropped(string more)
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.PostEvents(Some.Event(more: more))).Status.ShouldBe(202);
        Encoding.UTF8.GetString(gateway.City.Appended!.Events[0].Body).ShouldBe(
            """{"data":{"overLimitKmh":12},"source":"urn:example:camera-7","type":"traffic.speeding"}""");
    }

    [Fact]
    public async Task Members_come_in_any_order()
    {
        var data = Some.Data();
        var answer = await running.Gateway.PostEvents(
            $"{{\"data\":{data},\"time\":\"2026-11-23T08:15:00z\",\"type\":\"traffic.speeding\",\"source\":\"{Some.Source}\","
            + "\"id\":\"1\",\"specversion\":\"1.0\"}");
        answer.Status.ShouldBe(202, answer.Text);
    }

    [Fact]
    public async Task Data_may_be_base64_of_JSON()
    {
        var encoded = $"\"data_base64\":\"{Base64(Some.Data())}\"";
        var sound = Some.Event().Replace($"\"data\":{Some.Data()}", encoded, StringComparison.Ordinal);
        (await running.Gateway.PostEvents(sound)).Status.ShouldBe(202);
        var bad = await running.Gateway.PostEvents(sound.Replace(Base64(Some.Data()), Base64("{\"a\":1}"), StringComparison.Ordinal));
        bad.Pointers.ShouldContain("/data_base64/handle");
        foreach (var broken in new[] { "***", Base64("{"), Base64("\uFEFF{}"), "wA==", "" })
            (await running.Gateway.PostEvents(sound.Replace(Base64(Some.Data()), broken, StringComparison.Ordinal))).Pointers
                .ShouldBe(["/data_base64"]);
    }

    [Fact]
    public async Task An_empty_batch_is_taken_without_a_call()
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.PostBatch()).Status.ShouldBe(202);
        gateway.City.Appends.ShouldBe(0);
    }

    [Fact]
    public async Task A_batch_keeps_its_order()
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.PostBatch(Some.Event("b"), Some.Event("a"), Some.Event("b"))).Status.ShouldBe(202);
        gateway.City.Appended!.Events.Select(e => e.Id).ShouldBe(["b", "a", "b"]);
    }

    [Fact]
    public async Task A_batch_has_at_most_so_many_events()
    {
        await using var gateway = await TestGateway.Start(("Gateway:Limits:BatchEventsMax", "3"));
        (await gateway.PostBatch(Some.Event(), Some.Event(), Some.Event())).Status.ShouldBe(202);
        var answer = await gateway.PostBatch(Some.Event(), Some.Event(), Some.Event(), Some.Event());
        (answer.Status, answer.Problem).ShouldBe((413, "too-large"));
    }

    [Theory]
    [InlineData("application/cloudevents+json; charset=utf-8", 202)]
    [InlineData("Application/CloudEvents+JSON; charset=\"UTF-8\"", 202)]
    [InlineData("application/cloudevents+json; charset=utf-16", 415)]
    [InlineData("application/cloudevents+xml", 415)]
    [InlineData("application/cloudevents", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/cloudevents-batch+json", 400)]
    [InlineData("application/json", 400)]
    public async Task The_content_type_says_how_to_read(string type, int status) =>
        (await running.Gateway.PostEvents(Some.Event(), type)).Status.ShouldBe(status);

    [Fact]
    public async Task A_compressed_body_is_refused()
    {
        var answer = await running.Gateway.Send(
            HttpMethod.Post, "/v1/events", "source", Some.Event(), EventContent.Structured,
            request => request.Content!.Headers.ContentEncoding.Add("gzip"));
        (answer.Status, answer.Problem).ShouldBe((415, "unsupported-media-type"));
    }

    [Theory]
    [InlineData(EventFault.TimeInFuture, "/1/time")]
    [InlineData(EventFault.TimeTooOld, "/1/time")]
    [InlineData(EventFault.ProgrammeUnknown, "/1/data/programme")]
    public async Task What_intake_refuses_is_named_too(EventFault fault, string pointer)
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.OnAppend = _ => Task.FromResult(new IntakeOutcome([new EventRefusal(1, fault)], null));
        var answer = await gateway.PostBatch(Some.Event(), Some.Event());
        (answer.Status, answer.Problem, answer.Pointers.Single()).ShouldBe((400, "events-refused", pointer));
    }

    [Fact]
    public async Task An_overloaded_platform_says_when_to_retry()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.OnAppend = _ => Task.FromResult(new IntakeOutcome([], TimeSpan.FromSeconds(2.5)));
        var late = await gateway.PostEvents(Some.Event());
        (late.Status, late.Problem, late.Headers.RetryAfter!.Delta).ShouldBe((503, "unavailable", TimeSpan.FromSeconds(3)));
        gateway.City.OnAppend = _ => throw new LedgerUnavailableException();
        (await gateway.PostEvents(Some.Event())).Status.ShouldBe(503);
    }

    [Fact]
    public async Task A_nasty_id_is_taken_as_it_is_or_refused()
    {
        await using var gateway = await TestGateway.Start();
        foreach (var text in Nasty())
        {
            var id = System.Text.Json.JsonSerializer.Serialize(text);
            var answer = await gateway.PostEvents(Some.Event().Replace("\"e1\"", id, StringComparison.Ordinal));
            if (answer.Status == 202) gateway.City.Appended!.Events[0].Id.ShouldBe(text);
            else answer.Pointers.ShouldBe(["/id"]);
        }
    }

    [Fact]
    public async Task Any_broken_byte_gives_an_answer_that_is_not_the_platforms_fault()
    {
        var first = Some.Event("a", data: "\"night\":true,\"overLimitKmh\":12", more: ",\"ext\":\"\\u00e4ö\"");
        var sound = Encoding.UTF8.GetBytes($"[{first},{Some.Event("b")}]");
        var change = Gen.Select(Gen.Int[0, sound.Length - 1], Gen.Byte, Gen.Int[0, 3]);
        var taken = 0;
        await change.Array[1, 3].SampleAsync(
            async changes =>
            {
                var answer = await Post([.. Mutated(sound, changes)]);
                answer.Status.ShouldBeOneOf(202, 400);
                if (answer.Status == 202) Interlocked.Increment(ref taken);
                else answer.Problem.ShouldBe("events-refused");
            },
            iter: 5000, threads: 4);
        taken.ShouldBeGreaterThan(0); // otherwise every attempt was refused
    }

    private static IEnumerable<byte> Mutated(byte[] sound, (int At, byte Value, int How)[] changes)
    {
        var bytes = sound.ToList();
        foreach (var (at, value, how) in changes)
        {
            var index = Math.Min(at, bytes.Count - 1);
            if (how == 0) bytes[index] = value;
            else if (how == 1) bytes.Insert(index, value);
            else if (how == 2) bytes.RemoveAt(index);
            else bytes[index] ^= (byte)(1 << (value & 7));
        }

        return bytes;
    }

    private static string[] Nasty()
    {
        string[] own =
        [
            "", " ", "\u0001", "\u007f", "\u0085", "é", "\U0001F600", "'; DROP TABLE entry; --", "\u202Etest", "\uFEFF", "../../etc",
            "%00", "null", "\\",
        ];
        var shared = System.Text.Json.JsonSerializer.Deserialize<string[]>(File.ReadAllText(Repository.Vectors("naughty-strings.json")))!;
        return [.. own, .. shared];
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private Task<Answer> Post(byte[] bytes) => running.Gateway.Send(HttpMethod.Post, "/v1/events", "source", "", change: request =>
    {
        request.Content = new ByteArrayContent(bytes);
        request.Content.Headers.ContentType = new(EventContent.Batch);
    });
}
