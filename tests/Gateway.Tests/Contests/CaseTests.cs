using Scoring.Hosting;

namespace Scoring.Contests;

/// <summary>Tests the routes by which administrators read and decide contests.</summary>
public sealed class CaseTests
{
    private const string Cases = "/v1/admin/contests";
    private const string Case = $"{Cases}/{FakeContests.Case}";

    [Fact]
    public async Task Cases_are_listed_in_pages_without_their_entries()
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Get(Cases, "administrator")).Text.ShouldBe(
            """
            {"contests":[{"case":"c0ffeec0ffeec0ffeec0ff","programme":"safe-driver","grounds":["wrong-value"],"openedOn":"2026-11-23",
            "dueOn":"2026-12-23"}],"after":"2026-12-23.17"}
            """.ReplaceLineEndings(""));
        (await gateway.Get(Cases + "?after=2026-12-23.17&count=5", "administrator")).Status.ShouldBe(200);
        gateway.City.Contests.Calls.ShouldBe(["cases  +100", "cases 2026-12-23.17 +5"]);
    }

    [Theory]
    [InlineData("?after=17")]
    [InlineData("?after=2026-12-23")]
    [InlineData("?after=2026-12-23.")]
    [InlineData("?after=2026-12-23.-1")]
    [InlineData("?after=2026-13-23.1")]
    [InlineData("?after=2026-12-23.99999999999999999999")]
    [InlineData("?count=0")]
    [InlineData("?count=501")]
    public async Task A_malformed_page_is_refused(string query)
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Get(Cases + query, "administrator")).Problem.ShouldBe("malformed-request");
        gateway.City.Contests.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_holds_the_event_and_its_rules_and_the_judges_clients_are_handed_on()
    {
        await using var gateway = await TestGateway.Start();
        var judge = gateway.Token("administrator", token => token.Claims!["azp"] = "city-console");
        (await gateway.Get(Case, judge)).Text.ShouldBe(
            """
            {"case":"c0ffeec0ffeec0ffeec0ff","programme":"safe-driver","grounds":["wrong-value"],"openedOn":"2026-11-23",
            "dueOn":"2026-12-23","eventType":"traffic.speeding","day":"2026-11-21","data":{"overLimitKmh":12},
            "source":"urn:example:camera-7","ruleSet":1,"rules":[{"points":-3,"rule":{"id":"speeding","eventType":"traffic.speeding",
            "points":-3,"capPerDay":10,"capPerWindow":90,"windowDays":30,"halfLifeDays":0,"reason":"Speeding."}}]}
            """.ReplaceLineEndings(""));
        gateway.City.Contests.Calls.ShouldBe([$"open {FakeContests.Case} pairwise-1 city-console"]);
    }

    [Fact]
    public async Task A_decision_has_a_reason_of_the_closed_list()
    {
        await using var gateway = await TestGateway.Start();
        (await Decide(gateway, """{"upheld":true,"reason":"source-could-not-confirm"}""")).Text.ShouldBe(
            """{"case":"c0ffeec0ffeec0ffeec0ff","upheld":true,"reason":"source-could-not-confirm","decidedOn":"2026-11-26"}""");
        (await Decide(gateway, """{"upheld":true,"reason":"I felt like it."}""")).Problem.ShouldBe("malformed-json");
        (await Decide(gateway, """{"reason":"event-correct"}""")).Problem.ShouldBe("malformed-json");
        gateway.City.Contests.Calls.ShouldBe([$"decide {FakeContests.Case} pairwise-1 True SourceCouldNotConfirm"]);
    }

    [Theory]
    [InlineData(ContestRefusal.Unknown, 404, "not-found")]
    [InlineData(ContestRefusal.NotIndependent, 403, "not-independent")]
    [InlineData(ContestRefusal.Overdue, 409, "contest-overdue")]
    [InlineData(ContestRefusal.DecidedAlready, 409, "decided-already")]
    [InlineData(ContestRefusal.ReasonDoesNotFit, 422, "reason-does-not-fit")]
    public async Task A_refusal_says_why(ContestRefusal refusal, int status, string problem)
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Contests.Refusal = refusal;
        var decided = await Decide(gateway, """{"upheld":false,"reason":"event-correct"}""");
        (decided.Status, decided.Problem).ShouldBe((status, problem));
        var opened = await gateway.Get(Case, "administrator");
        (opened.Status, opened.Problem).ShouldBe((status, problem));
    }

    private static Task<Answer> Decide(TestGateway gateway, string body) =>
        gateway.Send(HttpMethod.Post, Case + "/decision", "administrator", body);
}
