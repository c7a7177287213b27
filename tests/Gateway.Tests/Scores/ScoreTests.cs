using Scoring.Hosting;

namespace Scoring.Scores;

public sealed class ScoreTests
{
    [Fact]
    public async Task A_service_is_told_the_score_behind_a_grant()
    {
        await using var gateway = await TestGateway.Start();
        (string, string) asked = default;
        gateway.City.OnAsk = (service, grant) =>
        {
            asked = (service, grant);
            return Task.FromResult(new QueryOutcome(new ScoreAnswer(Some.SafeDriver, 480, "good", Some.Instant, "ref"), null, null));
        };
        var answer = await Ask(gateway, "{\"grant\":\"the-grant\"}");

        answer.Status.ShouldBe(200);
        asked.ShouldBe(("parking", "the-grant"));
        answer.Text.ShouldBe(
            """{"programme":"safe-driver","score":480,"tier":"good","validUntil":"2026-11-23T07:15:00Z","reference":"ref"}""");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task An_unregistered_service_is_refused()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.OnAsk = (_, _) => Task.FromResult(new QueryOutcome(null, QueryRefusal.ServiceNotRegistered, null));
        (await Ask(gateway, "{\"grant\":\"g\"}")).Problem.ShouldBe("service-not-registered");
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
    public async Task A_question_of_another_form_is_refused_before_anyone_is_looked_up(string body)
    {
        await using var gateway = await TestGateway.Start();
        var answer = await Ask(gateway, body);
        answer.Status.ShouldBe(400, answer.Text + gateway.Log.Text);
        answer.Problem.ShouldBeOneOf("malformed-json", "malformed-request");
    }

    private static Task<Answer> Ask(TestGateway gateway, string body) =>
        gateway.Send(HttpMethod.Post, "/v1/scores/query", "service", body);
}
