using Scoring.Hosting;

namespace Scoring.Scores;

public sealed class ScoreTests
{
    [Fact]
    public async Task A_service_gets_the_score_behind_a_grant()
    {
        await using var gateway = await TestGateway.Start();
        (string, string) query = default;
        gateway.City.OnQuery = (service, grant) =>
        {
            query = (service, grant);
            return Task.FromResult(new QueryOutcome(new ScoreAnswer(Some.SafeDriver, 480, "good", Some.Instant, "ref"), null, null));
        };
        var answer = await Query(gateway, "{\"grant\":\"the-grant\"}");

        answer.Status.ShouldBe(200);
        query.ShouldBe(("parking", "the-grant"));
        answer.Text.ShouldBe(
            """{"programme":"safe-driver","score":480,"tier":"good","validUntil":"2026-11-23T07:15:00Z","reference":"ref"}""");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task An_unregistered_service_is_refused()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.OnQuery = (_, _) => Task.FromResult(new QueryOutcome(null, QueryRefusal.ServiceNotRegistered, null));
        (await Query(gateway, "{\"grant\":\"g\"}")).Problem.ShouldBe("service-not-registered");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"grant\":null}")]
    [InlineData("{\"grant\":7}")]
    [InlineData("{\"grant\":\"a\",\"grant\":\"b\"}")]
    [InlineData("{\"grant\":\"a\",\"more\":1}")]
    [InlineData("{\"Grant\":\"a\"}")]
    [InlineData("{\"grant\":\"\\ud800\"}")]
    [InlineData("{\"grant\":\"a\"}x")]
    [InlineData("[]")]
    public async Task A_malformed_query_is_refused_before_a_grain_is_called(string body)
    {
        await using var gateway = await TestGateway.Start();
        var answer = await Query(gateway, body);
        answer.Status.ShouldBe(400, answer.Text + gateway.Log.Text);
        answer.Problem.ShouldBeOneOf("malformed-json", "malformed-request");
    }

    private static Task<Answer> Query(TestGateway gateway, string body) =>
        gateway.Send(HttpMethod.Post, "/v1/scores/query", "service", body);
}
