using Scoring.Hosting;

namespace Scoring.Notices;

public sealed class NoticePageTests
{
    [Fact]
    public async Task A_page_has_the_documented_shape()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Get(NoticeStreamClient.Path, "participant");
        answer.Text.ShouldBe(
            """
            {"notices":[
            {"id":"8-4","turn":null,"act":4,"kind":"published","day":"2026-11-24","words":"A version was published.","event":null,
            "look":null,"body":{}},
            {"id":"8-3","turn":8,"act":null,"kind":"event","day":"2026-11-22","words":"Camera sent an event.",
            "event":{"type":"traffic.speeding","source":"urn:example:camera-7","data":{"overLimitKmh":12},"ruleSet":1,
            "points":[{"rule":"speeding","reason":"Speeding takes points.","points":-5}]},
            "look":null,"body":{"data":{"overLimitKmh":12}}},
            {"id":"7-3","turn":7,"act":null,"kind":"queried","day":"2026-11-23","words":"City Parking asked for the score.","event":null,
            "look":{"at":"2026-11-23T07:15:00Z","service":"parking","legalEntity":"City Parking","purpose":"Discounts",
            "contact":"parking@city.example","reference":"ref"},"body":{"service":"parking"}}],"below":"7-4"}
            """.ReplaceLineEndings(""));
        gateway.City.Notices.Page.ShouldBe((null, 50));
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task The_next_page_is_asked_for_by_what_the_one_before_gave()
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Get(NoticeStreamClient.Path + "?below=7-4&count=100", "participant")).Status.ShouldBe(200);
        gateway.City.Notices.Page.ShouldBe((new NoticePlace(7, 4), 100));
    }

    [Theory]
    [InlineData("?count=0")]
    [InlineData("?count=101")]
    [InlineData("?count=x")]
    [InlineData("?below=7")]
    [InlineData("?below=7-")]
    [InlineData("?below=%2B7-1")]
    [InlineData("?below=07-1")]
    [InlineData("?below=7-99999999999999999999")]
    [InlineData("?below=")]
    public async Task A_malformed_page_is_refused_before_a_grain_is_called(string query)
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Get(NoticeStreamClient.Path + query, "participant")).Problem.ShouldBe("malformed-request");
        gateway.City.Notices.Page.ShouldBe(default);
    }

    [Fact]
    public async Task A_position_ahead_of_the_ledger_is_refused()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Notices.Outcome = new NoticesOutcome(null, NoticesRefusal.PlaceAhead);
        (await gateway.Get(NoticeStreamClient.Path + "?below=9000-1", "participant")).Problem.ShouldBe("malformed-request");
        gateway.City.Notices.Outcome = new NoticesOutcome(null, NoticesRefusal.SubjectUnknown);
        (await gateway.Get(NoticeStreamClient.Path, "participant")).Problem.ShouldBe("not-found");
    }
}
