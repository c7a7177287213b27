using System.Text.Json;
using Orleans.Runtime;
using Scoring.Hosting;
using Scoring.Ledger;

namespace Scoring.Notices;

public sealed class NoticeStreamTests
{
    private static readonly string QueryNotice =
        """
        {"id":"7-3","turn":7,"act":null,"kind":"queried","day":"2026-11-23","words":"City Parking asked for the score.","event":null,
        "look":{"at":"2026-11-23T07:15:00Z","service":"parking","legalEntity":"City Parking","purpose":"Discounts",
        "contact":"parking@city.example","reference":"ref"},"body":{"service":"parking"}}
        """.ReplaceLineEndings("");

    [Fact]
    public async Task Notices_come_as_server_sent_events_and_a_withdrawal_ends_them()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Notices.End = new NoticePlace(6, 3);
        await using var stream = await NoticeStreamClient.Open(gateway);
        stream.Status.ShouldBe(200);
        stream.ContentType.ShouldBe("text/event-stream");
        stream.Headers.CacheControl!.ToString().ShouldBe("no-store");
        (await stream.Until("id: 6-3\n\n")).ShouldBe("retry: 2000\nid: 6-3\n\n");

        gateway.City.Notices.Release(FakeNotices.Query);
        await stream.Until(QueryNotice);
        gateway.City.Notices.Release(FakeNotices.Event, FakeNotices.Act);
        await stream.Until("id: 8-4\n");
        gateway.City.Notices.Withdraw();
        var text = await stream.ToEnd();
        text.ShouldStartWith($"retry: 2000\nid: 6-3\n\nevent: queried\nid: 7-3\ndata: {QueryNotice}\n\nevent: event\nid: 8-3\ndata: {{");
        text.ShouldEndWith("event: withdrawn\ndata: {}\n\n");
        gateway.City.Notices.Cursors.ShouldBe(
        [
            null, new NoticeCursor(new(6, 3), "e1"), new NoticeCursor(new(7, 3), "e1"), new NoticeCursor(new(8, 4), "e1"),
        ]);
    }

    [Fact]
    public async Task Another_reader_of_the_format_sees_the_same_kinds_documents_and_ids()
    {
        await using var gateway = await TestGateway.Start();
        await using var stream = await NoticeStreamClient.Open(gateway);
        gateway.City.Notices.Release(FakeNotices.Query, FakeNotices.Event, FakeNotices.Act);
        gateway.City.Notices.Withdraw();
        var events = await stream.Events();
        events.Select(e => (e.Kind, e.LastId)).ShouldBe(
            [("queried", "7-3"), ("event", "8-3"), ("published", "8-4"), ("withdrawn", "8-4")],
            "the last event has no id, so the position stays");
        var page = (await gateway.Get(NoticeStreamClient.Path, "participant")).Json.GetProperty("notices").EnumerateArray().Reverse();
        events.SkipLast(1).Select(e => JsonSerializer.Deserialize<JsonElement>(e.Data).GetRawText())
            .ShouldBe(page.Select(notice => notice.GetRawText()), "a page has the same documents");
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData("?from=start", null, "0-0")]
    [InlineData("", "5-2", "5-2")]
    [InlineData("?from=start", "5-2", "5-2")]
    [InlineData("", "0-0", "0-0")]
    public async Task A_stream_goes_on_from_where_its_client_says(string query, string? lastEventId, string? from)
    {
        await using var gateway = await TestGateway.Start();
        await using var stream = await NoticeStreamClient.Open(gateway, query, lastEventId);
        await stream.Until($"id: {from ?? "7-3"}\n\n");
        gateway.City.Notices.Cursors[0]?.Place.ToString().ShouldBe(from);
        (gateway.City.Notices.Cursors[0] is null).ShouldBe(from is null);
    }

    [Theory]
    [InlineData("?from=now", null)]
    [InlineData("", "7")]
    [InlineData("", "-1-3")]
    [InlineData("", "07-3")]
    [InlineData("", "7-3-1")]
    [InlineData("", "99999999999999999999-3")]
    public async Task A_malformed_position_is_refused_before_a_grain_is_called(string query, string? lastEventId)
    {
        await using var gateway = await TestGateway.Start();
        await using var stream = await NoticeStreamClient.Open(gateway, query, lastEventId);
        stream.Status.ShouldBe(400);
        gateway.City.Notices.Cursors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_position_ahead_of_the_ledger_restarts_the_stream_and_says_so()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Notices.Restarts = true;
        await using var stream = await NoticeStreamClient.Open(gateway, lastEventId: "9000-4");
        (await stream.Until("data: {}\n\n")).ShouldBe("retry: 2000\nid: 0-0\n\nevent: restarted\nid: 0-0\ndata: {}\n\n");
    }

    [Theory]
    [InlineData("text/event-stream", true)]
    [InlineData("text/event-stream, application/json", true)]
    [InlineData("TEXT/Event-Stream;q=0.9, */*;q=0.1", true)]
    [InlineData("application/json, text/event-stream;q=0.5", false)]
    [InlineData("text/event-stream;q=0", false)]
    [InlineData("*/*", false)]
    [InlineData("nonsense//", false)]
    [InlineData("", false)]
    public async Task Accept_chooses_the_media_type(string accept, bool live)
    {
        await using var gateway = await TestGateway.Start();
        await using var stream = await NoticeStreamClient.Open(gateway, accept: accept);
        stream.Status.ShouldBe(200);
        stream.ContentType!.ShouldStartWith(live ? "text/event-stream" : "application/json");
    }

    [Fact]
    public async Task A_stream_outlives_the_time_limit_of_requests_and_sends_heartbeats()
    {
        await using var gateway = await TestGateway.Start(
            ("Gateway:Limits:NoticeHeartbeatSeconds", "1"), ("Gateway:Limits:RequestSecondsMax", "1"));
        await using var stream = await NoticeStreamClient.Open(gateway);
        await stream.Until("\n\n:\n\n:\n\n");
        gateway.City.Notices.Release(FakeNotices.Query);
        await stream.Until("id: 7-3\ndata");
        gateway.City.Notices.Cursors.Count.ShouldBeLessThanOrEqualTo(3, "a heartbeat calls no grain");
    }

    [Fact]
    public async Task A_stream_ends_at_its_time_limit_and_its_client_may_resume()
    {
        await using var gateway = await TestGateway.Start(("Gateway:Limits:NoticeSecondsMax", "1"));
        await using var stream = await NoticeStreamClient.Open(gateway);
        gateway.City.Notices.Release(FakeNotices.Query);
        (await stream.ToEnd()).ShouldEndWith("}\n\n");
        await using var again = await NoticeStreamClient.Open(gateway, lastEventId: "7-3");
        again.Status.ShouldBe(200);
        await TestCondition.Until(() => gateway.City.Notices.Waiting == 1);
    }

    [Fact]
    public async Task The_end_of_the_access_token_ends_the_stream()
    {
        await using var gateway = await TestGateway.Start(("Gateway:Tokens:ClockSkewSeconds", "0"));
        // The first request to a gateway is slow, and the token must not expire during it.
        (await gateway.Get(NoticeStreamClient.Path, "participant")).Status.ShouldBe(200);
        var token = gateway.Token("participant", t => t.Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(3));
        await using var stream = await NoticeStreamClient.Open(gateway, role: token);
        stream.Status.ShouldBe(200);
        (await stream.ToEnd()).ShouldBe("retry: 2000\nid: 7-3\n\n");
        await TestCondition.Until(() => gateway.City.Notices.Waiting == 0);
    }

    [Fact]
    public async Task A_client_that_disconnects_frees_its_stream()
    {
        await using var gateway = await TestGateway.Start(("Gateway:Limits:NoticeStreamsPerParticipantMax", "1"));
        var stream = await NoticeStreamClient.Open(gateway);
        await TestCondition.Until(() => gateway.City.Notices.Waiting == 1);
        (await gateway.Send(
            HttpMethod.Get, NoticeStreamClient.Path, "participant", change: r => r.Headers.Accept.ParseAdd("text/event-stream")))
            .Problem.ShouldBe("too-many-requests");
        await stream.DisposeAsync();
        await TestCondition.Until(() => gateway.City.Notices.Waiting == 0);
        await TestCondition.UntilAsync(async () =>
        {
            await using var again = await NoticeStreamClient.Open(gateway);
            return again.Status == 200;
        });
    }

    [Fact]
    public async Task Streams_have_a_limit_of_their_own_and_leave_other_requests_alone()
    {
        await using var gateway = await TestGateway.Start(
            ("Gateway:Limits:NoticeStreamsMax", "2"), ("Gateway:Limits:RequestsAtOnceMax", "1"));
        await using var one = await NoticeStreamClient.Open(gateway);
        await using var two = await NoticeStreamClient.Open(gateway);
        (one.Status, two.Status).ShouldBe((200, 200));
        await using var three = await NoticeStreamClient.Open(gateway);
        three.Status.ShouldBe(503);
        three.Headers.RetryAfter.ShouldNotBeNull();
        (await gateway.Get(NoticeStreamClient.Path, "participant")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_unknown_subject_gets_the_same_not_found_as_everywhere()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Send(
            HttpMethod.Get, "/v1/me/subjects/safe-driver/1/notices", "participant",
            change: r => r.Headers.Accept.ParseAdd("text/event-stream"));
        answer.Problem.ShouldBe("not-found");
        answer.Text.ShouldBe((await gateway.Get("/v1/me/subjects/safe-driver/1/score", "participant")).Text);
    }

    [Fact]
    public async Task An_unavailable_platform_ends_the_stream_without_an_event()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Notices.Fault = new LedgerUnavailableException();
        await using (var stream = await NoticeStreamClient.Open(gateway)) (await stream.ToEnd()).ShouldBe("retry: 2000\nid: 7-3\n\n");
        gateway.City.Notices.Fault = new SiloUnavailableException("pairwise-1 is not known");
        await using (var stream = await NoticeStreamClient.Open(gateway)) (await stream.ToEnd()).ShouldBe("retry: 2000\nid: 7-3\n\n");
        gateway.Log.Text.ShouldContain("A stream of notices ended early");
        gateway.Log.Text.ShouldNotContain("pairwise-1");
    }

    [Fact]
    public async Task A_defect_ends_the_stream_and_its_text_is_not_logged()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Notices.Fault = new InvalidOperationException("pairwise-1 did something odd");
        await using var stream = await NoticeStreamClient.Open(gateway);
        await Should.NotThrowAsync(stream.ToEnd);
        gateway.Log.Text.ShouldContain("InvalidOperationException");
        gateway.Log.Text.ShouldNotContain("pairwise-1");
    }

    [Fact]
    public async Task Head_has_the_headers_and_opens_nothing()
    {
        await using var gateway = await TestGateway.Start(("Gateway:Limits:NoticeStreamsPerParticipantMax", "1"));
        await using var stream = await NoticeStreamClient.Open(gateway, method: HttpMethod.Head);
        stream.ContentType.ShouldBe("text/event-stream");
        (await stream.ToEnd()).ShouldBeEmpty();
        await using var next = await NoticeStreamClient.Open(gateway);
        next.Status.ShouldBe(200, "a HEAD request does not count as a stream");
    }

    [Fact]
    public async Task A_process_that_stops_ends_its_streams()
    {
        var gateway = await TestGateway.Start();
        await using var stream = await NoticeStreamClient.Open(gateway);
        await stream.Until("\n\n");
        var stopped = gateway.Stop();
        (await stream.ToEnd()).ShouldBe("retry: 2000\nid: 7-3\n\n");
        await stopped;
        await gateway.DisposeAsync();
    }
}
