using Scoring.Hosting;

namespace Scoring.AccessLog;

public sealed class AccessLogTests
{
    private const string Accesses = "/v1/me/subjects/safe-driver/0/looks";

    [Fact]
    public async Task Accesses_have_the_documented_shape()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Get(Accesses, "participant");
        answer.Text.ShouldBe(
            """
            {"looks":[{"turn":9,"kind":"queried","day":"2026-11-23","at":"2026-11-23T07:15:00Z","service":"parking",
            "legalEntity":"City Parking","purpose":"Discounts","contact":"parking@city.example","reference":"ref",
            "answer":{"score":480,"tier":"baseline"},"by":null,"case":null},
            {"turn":7,"kind":"queried","day":"2026-11-22","at":"2026-11-23T07:15:00Z","service":"gone",
            "legalEntity":null,"purpose":null,"contact":null,"reference":"old","answer":{"score":500,"tier":"good"},"by":null,"case":null}],
            "below":7}
            """.ReplaceLineEndings(""));
        gateway.City.Enrolment.Page.ShouldBe((null, 50));
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("?below=9&count=100", 9L, 100)]
    [InlineData("?count=1", null, 1)]
    public async Task Accesses_are_read_in_pages(string query, long? below, int count)
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Get(Accesses + query, "participant")).Status.ShouldBe(200);
        gateway.City.Enrolment.Page.ShouldBe((below, count));
    }

    [Theory]
    [InlineData("?count=0")]
    [InlineData("?count=101")]
    [InlineData("?count=x")]
    [InlineData("?below=0")]
    [InlineData("?below=99999999999999999999")]
    public async Task A_malformed_page_is_refused_before_a_grain_is_called(string query)
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Get(Accesses + query, "participant")).Problem.ShouldBe("malformed-request");
        gateway.City.Enrolment.Page.ShouldBe(default);
    }
}
