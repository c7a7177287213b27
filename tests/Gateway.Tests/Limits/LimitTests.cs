using Microsoft.Extensions.Options;
using Scoring.Hosting;
using Scoring.Intake;

namespace Scoring.Limits;

public sealed class LimitTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_past_the_limit_is_too_large_also_in_chunks(bool chunked)
    {
        await using var gateway = await TestGateway.Start(("Gateway:Limits:BodyBytesMax", "2048"));
        (await Padded(gateway, 2048, chunked)).Status.ShouldBe(202);
        var answer = await Padded(gateway, 2049, chunked);
        (answer.Status, answer.Problem).ShouldBe((413, "too-large"));
        (await Raw(gateway, "/v1/events", "source", Some.Event().PadRight(5000), chunked)).ShouldContain("urn:scoring:problem:too-large");
        (await gateway.PostEvents(Some.Event())).Status.ShouldBe(202);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Small_bodies_have_a_limit_of_their_own(bool chunked)
    {
        await using var gateway = await TestGateway.Start(("Gateway:Limits:SmallBodyBytesMax", "1024"));
        var body = $"{{\"grant\":\"{new string('g', 2000)}\"}}";
        var answer = await Raw(gateway, "/v1/scores/query", "service", body, chunked);
        answer.ShouldStartWith("HTTP/1.1 413 ");
        answer.ShouldContain("urn:scoring:problem:too-large");
    }

    [Fact]
    public async Task A_body_that_hardly_arrives_is_too_slow()
    {
        await using var gateway = await TestGateway.Start(
            ("Gateway:Limits:BodyBytesPerSecondMin", "1000000"), ("Gateway:Limits:BodyGraceSeconds", "2"));
        using var request = await Begin(gateway);
        (await request.ReadToEnd()).ShouldStartWith("HTTP/1.1 408 ");
    }

    [Fact]
    public async Task A_body_that_never_ends_is_too_slow_at_the_requests_end()
    {
        await using var gateway = await TestGateway.Start(
            ("Gateway:Limits:RequestSecondsMax", "1"), ("Gateway:Limits:BodyBytesPerSecondMin", "1"));
        using var request = await Begin(gateway);
        var answer = await request.ReadToEnd();
        answer.ShouldStartWith("HTTP/1.1 408 ");
        answer.ShouldContain("urn:scoring:problem:too-slow");
    }

    [Fact]
    public async Task A_platform_that_never_answers_is_unavailable_at_the_requests_end()
    {
        await using var gateway = await TestGateway.Start(("Gateway:Limits:RequestSecondsMax", "1"));
        gateway.City.OnAppend = _ => new TaskCompletionSource<Intake.IntakeOutcome>().Task;
        var answer = await gateway.PostEvents(Some.Event());
        (answer.Status, answer.Problem).ShouldBe((503, "unavailable"));
        answer.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("POST /v1/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: a/json\r\nTOKEN\r\n\r\nzz\r\n")]
    [InlineData("POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\nTOKEN\r\n")]
    [InlineData("POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\nTOKEN\r\nhello")]
    [InlineData("GET /v1/programmes HTTP/1.1\r\n\r\n")]
    [InlineData("GET /v1/programmes HTTP/9.1\r\nHost: x\r\n\r\n")]
    [InlineData("nonsense\r\n\r\n")]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    public async Task A_broken_request_is_the_senders_fault(string text)
    {
        await using var gateway = await TestGateway.Start();
        using var request = await RawRequest.Open(gateway.Address);
        var headers = $"Authorization: Bearer {gateway.Token("source")}\r\nConnection: close";
        await request.Send(text.Replace("TOKEN", headers, StringComparison.Ordinal));
        (await request.ReadToEnd())[..12].ShouldBeOneOf("HTTP/1.1 400", "HTTP/1.1 404", "HTTP/1.1 505");
        (await gateway.Get("/health/live")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_repeated_header_is_named()
    {
        await using var gateway = await TestGateway.Start();
        using var request = await RawRequest.Open(gateway.Address);
        var body = Some.Data();
        await request.Send(
            $"POST /v1/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {gateway.Token("source")}\r\n"
            + $"ce-specversion: 1.0\r\nce-id: a\r\nce-id: b\r\nce-type: traffic.speeding\r\nce-source: {Some.Source}\r\n"
            + $"ce-time: 2026-11-23T08:15:00Z\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        (await request.ReadToEnd()).ShouldContain("\"pointer\":\"/id\",\"detail\":\"This member occurs more than once.\"");
    }

    [Fact]
    public async Task Headers_past_the_limit_are_refused()
    {
        await using var gateway = await TestGateway.Start(
            ("Gateway:Limits:HeaderBytesMax", "1024"), ("Gateway:Limits:RequestLineBytesMax", "256"));
        (await gateway.Send(HttpMethod.Get, "/health/live", null, change: r => r.Headers.Add("x-long", new string('x', 1100))))
            .Status.ShouldBe(431);
        (await gateway.Get("/health/live?" + new string('x', 300))).Status.ShouldBe(414);
    }

    [Fact]
    public async Task A_client_past_its_rate_waits_and_others_do_not()
    {
        await using var gateway = await TestGateway.Start(
            ("Gateway:Limits:RequestsBurst", "3"), ("Gateway:Limits:RequestsPerSecond", "1"));
        var other = gateway.Token("participant", d => d.Claims["sub"] = "pairwise-2");
        const string Path = "/v1/me/subjects?programme=safe-driver";
        Answer answer;
        var asked = 0;
        do answer = await gateway.Get(Path, "participant");
        while (answer.Status == 200 && asked++ < 100);

        (answer.Status, answer.Problem).ShouldBe((429, "too-many-requests"));
        answer.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
        (await gateway.Get(Path, other)).Status.ShouldBe(200);
        (await gateway.Get("/health/live")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Requests_past_the_concurrency_limit_are_unavailable()
    {
        await using var gateway = await TestGateway.Start(("Gateway:Limits:RequestsAtOnceMax", "1"));
        var entered = new TaskCompletionSource();
        var leave = new TaskCompletionSource<Intake.IntakeOutcome>();
        gateway.City.OnAppend = _ =>
        {
            entered.TrySetResult();
            return leave.Task;
        };
        var first = gateway.PostEvents(Some.Event());
        await entered.Task;
        var second = await gateway.PostEvents(Some.Event());
        (second.Status, second.Problem).ShouldBe((503, "unavailable"));
        leave.SetResult(Intake.IntakeOutcome.Accepted);
        (await first).Status.ShouldBe(202);
    }

    [Theory]
    [InlineData("BodyBytesMax", "0")]
    [InlineData("BatchEventsMax", "0")]
    [InlineData("JsonDepthMax", "65")]
    [InlineData("EventsTickMs", "0")]
    [InlineData("RequestsPerSecond", "-1")]
    public async Task A_limit_out_of_its_range_stops_the_start(string name, string value) =>
        (await Should.ThrowAsync<OptionsValidationException>(() => TestGateway.Start(($"Gateway:Limits:{name}", value))))
        .Message.ShouldContain(name);

    [Theory]
    [InlineData(3, "/0")]
    [InlineData(4, "/0/data/x")]
    public async Task Depth_has_a_limit(int depth, string pointer)
    {
        await using var gateway = await TestGateway.Start(("Gateway:Limits:JsonDepthMax", $"{depth}"));
        (await gateway.PostBatch(Some.Event())).Status.ShouldBe(202);
        (await gateway.PostBatch(Some.Event(data: "\"overLimitKmh\":12,\"x\":{}"))).Pointers.ShouldBe([pointer]);
    }

    private static Task<Answer> Padded(TestGateway gateway, int bytes, bool chunked)
    {
        var body = Some.Event().PadRight(bytes);
        return gateway.Send(
            HttpMethod.Post, "/v1/events", "source", body, EventContent.Structured,
            request => request.Headers.TransferEncodingChunked = chunked ? true : null);
    }

    // The request is sent in one piece: a client that still sends after the server has refused may lose the answer.
    private static async Task<string> Raw(TestGateway gateway, string path, string role, string body, bool chunked)
    {
        using var request = await RawRequest.Open(gateway.Address);
        var framed = chunked
            ? $"Transfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n"
            : $"Content-Length: {body.Length}\r\n\r\n{body}";
        var type = role == "source" ? EventContent.Structured : EventContent.Json;
        await request.Send(
            $"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {gateway.Token(role)}\r\n"
            + $"Content-Type: {type}\r\n{framed}");
        return await request.ReadToEnd();
    }

    private static async Task<RawRequest> Begin(TestGateway gateway)
    {
        var request = await RawRequest.Open(gateway.Address);
        await request.Send(
            $"POST /v1/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {gateway.Token("source")}\r\n"
            + "Content-Type: application/cloudevents+json\r\nContent-Length: 1000\r\n\r\n{");
        return request;
    }
}
