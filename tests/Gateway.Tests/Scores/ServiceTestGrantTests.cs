using Scoring.Hosting;

namespace Scoring.Scores;

/// <summary>What a service may meet, by fixed grants on a route of their own.</summary>
public sealed class ServiceTestGrantTests(RunningGateway running) : IClassFixture<RunningGateway>
{
    [Theory]
    [InlineData("test-tier-good", 500, "good")]
    [InlineData("test-tier-baseline", 0, "baseline")]
    [InlineData("test-neutral", 0, "baseline")]
    [InlineData("test-tier-no-such", 0, "baseline")]
    [InlineData("test-tier-", 0, "baseline")]
    [InlineData("", 0, "baseline")]
    [InlineData("\\u0000", 0, "baseline")]
    public async Task A_grant_gives_its_tier_and_any_other_text_the_neutral_answer(string grant, int score, string tier)
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.OnQuery = (_, _) => throw new InvalidOperationException("A test reached a grain.");
        var answer = await Test(gateway, grant);
        answer.Status.ShouldBe(200, answer.Text);
        answer.Text.ShouldStartWith($$"""{"programme":"safe-driver","score":{{score}},"tier":"{{tier}}","validUntil":"20""");
        answer.Text.ShouldEndWith("""Z","reference":"test-test-test-test-te"}""");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("test-too-many-requests", 429, "too-many-requests")]
    [InlineData("test-unavailable", 503, "unavailable")]
    public async Task A_refusal_is_like_a_real_one(string grant, int status, string problem)
    {
        var answer = await Test(running.Gateway, grant);
        (answer.Status, answer.Problem).ShouldBe((status, problem));
        answer.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_service_that_is_not_registered_is_refused()
    {
        var token = running.Gateway.Token("service", descriptor => descriptor.Claims["service"] = "stranger");
        var answer = await running.Gateway.Send(HttpMethod.Post, "/v1/scores/query/test", token, """{"grant":"test-tier-good"}""");
        answer.Problem.ShouldBe("service-not-registered");
    }

    [Fact]
    public async Task On_the_real_route_a_test_grant_is_a_grant_like_any_other()
    {
        await using var gateway = await TestGateway.Start();
        var asked = new List<string>();
        gateway.City.OnQuery = (_, grant) =>
        {
            asked.Add(grant);
            return Task.FromResult(new QueryOutcome(new ScoreAnswer(Some.SafeDriver, 0, "baseline", Some.Instant, "ref"), null, null));
        };
        foreach (var grant in new[] { "test-tier-good", "test-too-many-requests", "test-unavailable" })
            (await gateway.Send(HttpMethod.Post, "/v1/scores/query", "service", $$"""{"grant":"{{grant}}"}""")).Status.ShouldBe(200);
        asked.ShouldBe(["test-tier-good", "test-too-many-requests", "test-unavailable"]);
    }

    private static Task<Answer> Test(TestGateway gateway, string grant) =>
        gateway.Send(HttpMethod.Post, "/v1/scores/query/test", "service", $$"""{"grant":"{{grant}}"}""");
}
