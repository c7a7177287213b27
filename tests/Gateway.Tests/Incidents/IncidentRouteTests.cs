using Scoring.Administration;
using Scoring.Hosting;

namespace Scoring.Incidents;

public sealed class IncidentRouteTests
{
    private const string Own = "/v1/admin/programmes/safe-driver/incidents";
    private const string Body =
        """{"nature":"A list was sent.","contact":"Data protection office","consequences":"Calls.","measures":"It was deleted."}""";

    [Fact]
    public async Task A_notice_is_proposed_and_waits_for_another_administrator()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Send(HttpMethod.Post, Own, "administrator", Body);
        (answer.Status, answer.Headers.Location!.ToString()).ShouldBe((202, Own + "/proposal"));
        answer.Json.GetProperty("notice").GetRawText().ShouldBe(Body);
        answer.Json.GetProperty("hash").GetString().ShouldBe(Some.Hash);
        gateway.City.Incidents.Calls.ShouldBe(["safe-driver propose pairwise-1"]);
        gateway.City.Incidents.Notice.ShouldBe(Some.Incident);
    }

    [Fact]
    public async Task The_proposal_is_shown_confirmed_and_taken_back()
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Get(Own + "/proposal", "administrator")).Json.GetProperty("expiresAt").GetDateTimeOffset()
            .ShouldBe(Some.Instant.AddDays(14));
        var confirmed = await gateway.Send(HttpMethod.Post, Own + "/approvals", "administrator", $$"""{"hash":"{{Some.Hash}}"}""");
        (confirmed.Status, confirmed.Text).ShouldBe((200, """{"done":true,"approvals":["pairwise-1"]}"""));
        (await gateway.Send(HttpMethod.Delete, Own + "/proposal", "administrator")).Status.ShouldBe(200);
        gateway.City.Incidents.Calls.ShouldBe([$"safe-driver confirm pairwise-1 {Some.Hash}", "safe-driver take-back pairwise-1"]);
        gateway.City.Incidents.Empty = true;
        (await gateway.Get(Own + "/proposal", "administrator")).Problem.ShouldBe("not-found");
    }

    [Theory]
    [InlineData("""{"nature":"A list was sent.","contact":"Office","consequences":"Calls."}""")]
    [InlineData("""{"nature":null,"contact":"Office","consequences":"Calls.","measures":"Deleted."}""")]
    [InlineData("""{"nature":"A.","contact":"Office","consequences":"Calls.","measures":"Deleted.","person":"A name"}""")]
    [InlineData("[]")]
    public async Task A_malformed_notice_is_refused(string body)
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Send(HttpMethod.Post, Own, "administrator", body)).Problem.ShouldBe("malformed-json");
        gateway.City.Incidents.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_problem_of_the_texts_is_in_the_answer()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Incidents.Refusal = AdminRefusal.Problems;
        gateway.City.Incidents.Problems = [new DraftProblem("/nature", "text-wrong", "A text is expected.")];
        var answer = await gateway.Send(HttpMethod.Post, Own, "administrator", Body);
        (answer.Status, answer.Problem).ShouldBe((422, "content-at-fault"));
        answer.Json.GetProperty("problems")[0].GetProperty("pointer").GetString().ShouldBe("/nature");
    }

    [Theory]
    [InlineData(AdminRefusal.Unknown, "not-found")]
    [InlineData(AdminRefusal.IsAuthor, "is-author")]
    [InlineData(AdminRefusal.HashDiffers, "hash-differs")]
    [InlineData(AdminRefusal.WrongStatus, "wrong-status")]
    public async Task A_refusal_of_the_grain_is_the_answer(AdminRefusal refusal, string problem)
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Incidents.Refusal = refusal;
        (await gateway.Send(HttpMethod.Post, Own + "/approvals", "administrator", $$"""{"hash":"{{Some.Hash}}"}""")).Problem
            .ShouldBe(problem);
    }

    [Fact]
    public async Task A_hash_of_another_form_is_refused()
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Send(HttpMethod.Post, Own + "/approvals", "administrator", """{"hash":"ABC"}""")).Problem
            .ShouldBe("malformed-request");
        gateway.City.Incidents.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("auditor")]
    [InlineData("participant")]
    [InlineData("service")]
    public async Task Only_administrators_may_propose(string role)
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Send(HttpMethod.Post, Own, role, Body)).Status.ShouldBe(403);
        gateway.City.Incidents.Calls.ShouldBeEmpty();
    }
}
