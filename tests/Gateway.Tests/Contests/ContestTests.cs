using Scoring.Hosting;

namespace Scoring.Contests;

/// <summary>Tests the routes of a participant's contests, and the list that a source reads.</summary>
public sealed class ContestTests
{
    private const string Own = "/v1/me/subjects/safe-driver/0/contests";
    private const string OpenBody = """{"turn":17,"ground":"wrong-value"}""";

    [Fact]
    public async Task A_contest_is_opened_listed_and_given_new_material()
    {
        await using var gateway = await TestGateway.Start();
        var opened = await gateway.Send(HttpMethod.Post, Own, "participant", OpenBody);
        (opened.Status, opened.Headers.Location!.ToString()).ShouldBe((201, Own));
        opened.Text.ShouldBe(
            """
            {"case":"c0ffeec0ffeec0ffeec0ff","turn":17,"ground":"wrong-value","material":null,"openedOn":"2026-11-23","dueOn":"2026-12-23",
            "state":"open","reason":null,"decidedOn":null}
            """.ReplaceLineEndings(""));
        var listed = (await gateway.Get(Own, "participant")).Json;
        listed[1].GetProperty("state").GetString().ShouldBe("rejected");
        listed[1].GetProperty("reason").GetString().ShouldBe("source-confirmed");
        var added = await gateway.Send(HttpMethod.Post, $"{Own}/{FakeContests.Case}/material", "participant", """{"ground":"not-mine"}""");
        (added.Status, added.Json.GetProperty("material").GetString()).ShouldBe((200, "not-mine"));
        gateway.City.Contests.Calls.ShouldBe(["open 17 WrongValue", "list", $"add {FakeContests.Case} NotMine"]);
    }

    [Theory]
    [InlineData("not-mine")]
    [InlineData("did-not-happen")]
    [InlineData("wrong-value")]
    [InlineData("wrong-day")]
    [InlineData("counted-twice")]
    [InlineData("outside-purpose")]
    public async Task Each_ground_has_its_word(string ground)
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Send(HttpMethod.Post, Own, "participant", $$"""{"turn":1,"ground":"{{ground}}"}""")).Status.ShouldBe(201);
        gateway.City.Contests.Calls.Single().ToLowerInvariant().ShouldEndWith(ground.Replace("-", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"turn":17,"ground":"He was rude to me."}""")]
    [InlineData("""{"turn":17,"ground":1}""")]
    [InlineData("""{"turn":17}""")]
    [InlineData("""{"ground":"not-mine"}""")]
    [InlineData("""{"turn":"17","ground":"not-mine"}""")]
    [InlineData("""{"turn":17,"ground":"not-mine","text":"…"}""")]
    public async Task A_malformed_contest_is_refused_before_a_grain_is_called(string body)
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Send(HttpMethod.Post, Own, "participant", body)).Problem.ShouldBe("malformed-json");
        gateway.City.Contests.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ContestRefusal.Unknown, 404, "not-found")]
    [InlineData(ContestRefusal.EventUnknown, 422, "event-unknown")]
    [InlineData(ContestRefusal.ContestedAlready, 409, "contested-already")]
    [InlineData(ContestRefusal.CorrectedAlready, 409, "corrected-already")]
    [InlineData(ContestRefusal.TooMany, 409, "too-many-contests")]
    [InlineData(ContestRefusal.Closed, 409, "contest-closed")]
    [InlineData(ContestRefusal.ExtendedAlready, 409, "extended-already")]
    [InlineData(ContestRefusal.GroundGiven, 409, "ground-given")]
    public async Task A_refusal_says_why(ContestRefusal refusal, int status, string problem)
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Contests.Refusal = refusal;
        var answer = await gateway.Send(HttpMethod.Post, Own, "participant", OpenBody);
        (answer.Status, answer.Problem).ShouldBe((status, problem));
    }

    [Theory]
    [InlineData("GET", "/v1/me/subjects/safe-driver/1/contests", null)]
    [InlineData("POST", "/v1/me/subjects/safe-driver/1/contests", OpenBody)]
    [InlineData("GET", "/v1/me/subjects/other/0/contests", null)]
    [InlineData("POST", "/v1/me/subjects/safe-driver/0/contests/short/material", """{"ground":"not-mine"}""")]
    public async Task Contests_of_an_unknown_subject_are_not_found(string method, string path, string? body)
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Send(new HttpMethod(method), path, "participant", body)).Problem.ShouldBe("not-found");
    }

    [Fact]
    public async Task A_source_reads_keys_and_grounds_of_its_own_events_and_nothing_else()
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Get("/v1/events/contests", "source")).Text.ShouldBe(
            """{"contests":[{"number":12,"key":"mpAOPR6_TsmiKZy-ztxd5Q","grounds":["wrong-value","not-mine"]}],"after":null}""");
        (await gateway.Get("/v1/events/contests?after=12&count=500", "source")).Status.ShouldBe(200);
        gateway.City.Contests.Calls.ShouldBe([$"source {Some.Source} 0+100", $"source {Some.Source} 12+500"]);
        var unregistered = gateway.Token("source", token => token.Claims!["source"] = "urn:example:unregistered");
        (await gateway.Get("/v1/events/contests", unregistered)).Problem.ShouldBe("source-not-registered");
        gateway.City.Contests.Calls.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("?count=0")]
    [InlineData("?count=501")]
    [InlineData("?after=-1")]
    [InlineData("?after=x")]
    public async Task A_malformed_page_is_refused(string query)
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Get("/v1/events/contests" + query, "source")).Problem.ShouldBe("malformed-request");
        gateway.City.Contests.Calls.ShouldBeEmpty();
    }
}
