using Scoring.Hosting;

namespace Scoring.Administration;

public sealed class ProgrammeLifecycleTests
{
    private const string Own = "/v1/admin/programmes/safe-driver";

    [Fact]
    public async Task One_administrator_suspends_with_a_reason()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Send(HttpMethod.Put, Own + "/suspension", "administrator", """{"reason":"A sensor is wrong."}""");
        (answer.Status, answer.Json.GetProperty("done").GetBoolean()).ShouldBe((200, true));
        gateway.City.Administration.Calls.ShouldBe(["safe-driver suspend pairwise-1 A sensor is wrong."]);
    }

    [Theory]
    [InlineData("""{"reason":""}""", "malformed-request")]
    [InlineData("""{"reason":"   "}""", "malformed-request")]
    [InlineData("""{"reason":"a\u0000b"}""", "malformed-request")]
    [InlineData("""{"reason":null}""", "malformed-json")]
    [InlineData("""{"reason":1}""", "malformed-json")]
    [InlineData("""{"reason":"Because.","until":1}""", "malformed-json")]
    [InlineData("{}", "malformed-json")]
    [InlineData("[]", "malformed-json")]
    public async Task A_malformed_reason_is_refused(string body, string problem)
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Send(HttpMethod.Put, Own + "/suspension", "administrator", body)).Problem.ShouldBe(problem);
        gateway.City.Administration.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(300, 200)]
    [InlineData(301, 400)]
    public async Task The_length_limit_of_a_reason_is_exact(int length, int status)
    {
        await using var gateway = await TestGateway.Start();
        var body = $$"""{"reason":"{{new string('x', length)}}"}""";
        (await gateway.Send(HttpMethod.Put, Own + "/suspension", "administrator", body)).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("DELETE", "/suspension", "resume")]
    [InlineData("POST", "/end", "end")]
    public async Task Two_administrators_resume_and_two_end(string method, string path, string call)
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Administration.Outcome = new(false, ["admin-1"], null, []);
        (await gateway.Send(new HttpMethod(method), Own + path, "administrator")).Status.ShouldBe(202);
        gateway.City.Administration.Outcome = new(true, ["admin-1", "admin-2"], null, []);
        (await gateway.Send(new HttpMethod(method), Own + path, "administrator")).Status.ShouldBe(200);
        gateway.City.Administration.Calls.ShouldBe([$"safe-driver {call} pairwise-1", $"safe-driver {call} pairwise-1"]);
    }

    [Theory]
    [InlineData("/draft/approvals", "take-back-approval")]
    [InlineData("/suspension/approvals", "take-back-resuming")]
    [InlineData("/end/approvals", "take-back-ending")]
    public async Task An_approval_is_taken_back_while_it_waits(string path, string call)
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Administration.Outcome = new(true, [], null, []);
        var answer = await gateway.Send(HttpMethod.Delete, Own + path, "administrator");
        (answer.Status, answer.Text).ShouldBe((200, """{"done":true,"approvals":[]}"""));
        gateway.City.Administration.Outcome = AdminOutcome.Refused(AdminRefusal.Unknown);
        (await gateway.Send(HttpMethod.Delete, Own + path, "administrator")).Problem.ShouldBe("not-found");
        gateway.City.Administration.Calls.ShouldBe([$"safe-driver {call} pairwise-1", $"safe-driver {call} pairwise-1"]);
    }

    [Fact]
    public async Task A_simulation_is_started_read_and_cancelled()
    {
        await using var gateway = await TestGateway.Start();
        var started = await gateway.Send(HttpMethod.Post, Own + "/draft/simulation", "administrator");
        (started.Status, started.Headers.Location!.ToString()).ShouldBe((202, Own + "/draft/simulation"));
        (await gateway.Get(Own + "/draft/simulation", "administrator")).Text.ShouldBe(
            $$"""{"hash":"{{Some.Hash}}","status":"running","percentDone":40,"report":null,"reports":[]}""");
        (await gateway.Send(HttpMethod.Delete, Own + "/draft/simulation", "administrator")).Status.ShouldBe(204);
        gateway.City.Administration.Calls.ShouldBe(["safe-driver start pairwise-1", "safe-driver cancel pairwise-1"]);
        gateway.City.Administration.Empty = true;
        (await gateway.Get(Own + "/draft/simulation", "administrator")).Problem.ShouldBe("not-found");
        (await gateway.Send(HttpMethod.Delete, Own + "/draft/simulation", "administrator")).Problem.ShouldBe("not-found");
    }

    [Fact]
    public async Task A_simulation_reports_numbers_only()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Administration.Simulation = new(Some.Hash, SimulationStatus.Done, 100, new SimulationReport(
            [3, 9], new DateOnly(2026, 11, 23), 40, 900, [new Band(500, 600, 40)], [new Band(500, 550, 40)], [new Band(-5, -1, 40)],
            [new Crossing("silver", null, 20)], [new Group(0, 90, 40, null, 20, -2500)], [],
            [new WorkedExample("Ten calm trips.", 510, 508)]));
        var report = (await gateway.Get(Own + "/draft/simulation", "administrator")).Json.GetProperty("report");
        report.GetProperty("positions").GetRawText().ShouldBe("[3,9]");
        report.GetProperty("crossings")[0].GetRawText().ShouldBe("""{"now":"silver","then":null,"subjects":20}""");
        report.GetProperty("byEnrolment")[0].GetProperty("meanChangeMilli").GetInt64().ShouldBe(-2500);
        report.GetProperty("examples")[0].GetProperty("story").GetString().ShouldBe("Ten calm trips.");
    }

    [Fact]
    public async Task Anyone_reads_the_record_in_pages()
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Get("/v1/programmes/safe-driver/record")).Text.ShouldBe($$$"""
            {"acts":[{"number":1,"position":7,"act":"published","programme":"safe-driver","by":"admin-1","at":"2026-11-23T07:15:00Z",
            "hash":"{{{Some.Hash}}}","words":["Speeding takes less."],"details":{"version":2}},
            {"number":2,"position":7,"act":"published","programme":null,"by":"admin-1","at":"2026-11-23T07:15:00Z",
            "hash":null,"words":["Speeding takes less."],"details":null}],"after":2}
            """.ReplaceLineEndings(""));
        (await gateway.Get("/v1/programmes/safe-driver/record?after=2&count=500")).Status.ShouldBe(200);
        gateway.City.Administration.Calls.ShouldBe([" record safe-driver 0+100", " record safe-driver 2+500"]);
        gateway.City.Administration.Empty = true;
        (await gateway.Get("/v1/programmes/safe-driver/record")).Problem.ShouldBe("not-found");
    }

    [Theory]
    [InlineData("?count=0")]
    [InlineData("?count=501")]
    [InlineData("?count=x")]
    [InlineData("?after=-1")]
    [InlineData("?after=99999999999999999999")]
    public async Task A_malformed_page_is_refused(string query)
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Get("/v1/programmes/safe-driver/record" + query)).Problem.ShouldBe("malformed-request");
    }
}
