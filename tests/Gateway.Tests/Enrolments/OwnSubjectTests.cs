using Scoring.Hosting;

namespace Scoring.Enrolments;

/// <summary>Tests the routes by which a participant reads and restricts an own subject.</summary>
public sealed class OwnSubjectTests
{
    private const string Own = "/v1/me/subjects/safe-driver/0";

    [Fact]
    public async Task A_history_that_is_too_long_to_explain_at_once_is_refused_with_its_own_kind()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Enrolment.IsTooLong = true;
        var answer = await gateway.Get("/v1/me/subjects/safe-driver/0/score", "participant");
        (answer.Status, answer.Problem).ShouldBe((409, "history-too-long"));
        answer = await gateway.Get("/v1/me/subjects/safe-driver/0/score/days", "participant");
        (answer.Status, answer.Problem).ShouldBe((409, "history-too-long"));
    }

    [Fact]
    public async Task Reads_of_an_own_subject_have_the_documented_shapes()
    {
        await using var gateway = await TestGateway.Start();
        (await Get(gateway, Own)).Text.ShouldBe(
            $$"""{"programme":"safe-driver","ordinal":0,"ruleSet":"{{Some.Hash}}","since":"2026-11-01","handles":"""
            + """[{"id":"h1","source":"urn:example:camera-7","since":"2026-11-23T07:15:00Z"}],"""
            + $$"""
            "lapsed":true,"coming":[{"ruleSet":2,"hash":"{{Some.Hash}}","firstDay":"2026-12-08","summary":"Milder.",
            "differences":["Speeding takes less."],"asksConsent":true}],"restricted":false}
            """.ReplaceLineEndings(""));
        (await Get(gateway, Own + "/receipt")).Text.ShouldBe("""{"receipt":"h.p.s"}""");
        (await Get(gateway, Own + "/history")).Text.ShouldBe(
            """{"entries":[{"turn":9,"kind":"grant-revoked","day":"2026-11-23","body":{"grant":"g1"}},"""
            + """{"turn":8,"kind":"erased","day":"2026-11-22","body":null}],"below":8}""");
        gateway.City.Enrolment.Page.ShouldBe((null, 100));
        (await Get(gateway, Own + "/grants")).Text.ShouldBe(
            """[{"id":"g1","service":"parking","since":"2026-11-23T07:15:00Z","until":null,"usesLeft":2}]""");
        var score = await Get(gateway, Own + "/score");
        var day = score.Json.GetProperty("rules")[0].GetProperty("days")[0];
        day.GetProperty("entries")[0].GetProperty("kind").GetString().ShouldBe("event");
        score.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await Get(gateway, Own + "/score/days")).Text.ShouldBe("""{"days":[{"day":"2026-11-23","score":480,"tier":"good"}]}""");
        gateway.City.Enrolment.Page.ShouldBe((null, 90));
        (await Get(gateway, "/v1/me/subjects?programme=safe-driver")).Json.GetArrayLength().ShouldBe(1);
        (await gateway.Send(HttpMethod.Delete, Own, "participant")).Text.ShouldBe("""{"entries":7,"receipt":"w.w.w"}""");
    }

    [Theory]
    [InlineData("/v1/me/subjects/safe-driver/1")]
    [InlineData("/v1/me/subjects/safe-driver/32")]
    [InlineData("/v1/me/subjects/safe-driver/-1")]
    [InlineData("/v1/me/subjects/safe-driver/x")]
    [InlineData("/v1/me/subjects/Not%20A%20Name/0")]
    [InlineData("/v1/me/subjects/clean-kitchen/0")]
    [InlineData("/v1/me/subjects/safe-driver/1/score")]
    [InlineData("/v1/me/subjects/safe-driver/1/score/days")]
    [InlineData("/v1/me/subjects/safe-driver/1/history")]
    [InlineData("/v1/me/subjects/safe-driver/1/receipt")]
    [InlineData("/v1/me/subjects/safe-driver/1/looks")]
    [InlineData("/v1/me/subjects/safe-driver/32/looks")]
    [InlineData("/v1/me/subjects/safe-driver/1/grants")]
    public async Task What_is_not_there_is_not_found_whatever_the_reason(string path)
    {
        await using var gateway = await TestGateway.Start();
        (await Get(gateway, path)).Problem.ShouldBe("not-found");
    }

    [Theory]
    [InlineData("?below=9&count=500", 9L, 500)]
    [InlineData("?count=1", null, 1)]
    public async Task History_is_read_in_pages(string query, long? below, int count)
    {
        await using var gateway = await TestGateway.Start();
        (await Get(gateway, Own + "/history" + query)).Status.ShouldBe(200);
        gateway.City.Enrolment.Page.ShouldBe((below, count));
    }

    [Theory]
    [InlineData("?count=0")]
    [InlineData("?count=501")]
    [InlineData("?count=x")]
    [InlineData("?below=0")]
    [InlineData("?below=99999999999999999999")]
    public async Task A_malformed_page_is_refused(string query)
    {
        await using var gateway = await TestGateway.Start();
        (await Get(gateway, Own + "/history" + query)).Problem.ShouldBe("malformed-request");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?programme=")]
    [InlineData("?programme=Not%20A%20Name")]
    public async Task A_list_needs_a_programme(string query)
    {
        await using var gateway = await TestGateway.Start();
        (await Get(gateway, "/v1/me/subjects" + query)).Problem.ShouldBe("malformed-request");
    }

    [Fact]
    public async Task A_restriction_is_set_and_lifted_and_each_call_is_idempotent()
    {
        await using var gateway = await TestGateway.Start();
        foreach (var (method, restricted) in new[] { (HttpMethod.Put, true), (HttpMethod.Delete, false) })
        {
            for (var time = 0; time < 2; time++)
            {
                var answer = await gateway.Send(method, Own + "/restriction", "participant");
                (answer.Status, answer.Text).ShouldBe((204, ""));
                (await Get(gateway, Own)).Json.GetProperty("restricted").GetBoolean().ShouldBe(restricted);
            }
            (await gateway.Send(method, "/v1/me/subjects/safe-driver/1/restriction", "participant")).Problem.ShouldBe("not-found");
            (await gateway.Send(method, "/v1/me/subjects/safe-driver/32/restriction", "participant")).Problem.ShouldBe("not-found");
        }
    }

    private static Task<Answer> Get(TestGateway gateway, string path) => gateway.Get(path, "participant");
}
