using System.Text;
using Scoring.Hosting;

namespace Scoring.Administration;

public sealed class DraftTests
{
    private const string New = "/v1/admin/programmes";
    private const string Own = "/v1/admin/programmes/safe-driver";
    private const string Draft = """ {"ruleSet": {"number":  2}, "programme": {"id":"bike-friend"}, "assessment": null} """;

    [Fact]
    public async Task A_draft_of_a_new_programme_is_handed_on_byte_by_byte()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Administration.Problems = [FakeAdministration.Problem];
        var answer = await gateway.Send(HttpMethod.Post, New, "administrator", Draft);
        answer.Status.ShouldBe(201, answer.Text + gateway.Log.Text);
        answer.Headers.Location!.ToString().ShouldBe("/v1/admin/programmes/bike-friend");
        gateway.City.Administration.Calls.ShouldBe(["bike-friend draft pairwise-1 new"]);
        Encoding.UTF8.GetString(gateway.City.Administration.Json!).ShouldBe(Draft);
        answer.Json.GetProperty("json").GetProperty("ruleSet").GetProperty("number").GetInt32().ShouldBe(2);
        answer.Json.GetProperty("problems")[0].GetRawText().ShouldBe(
            """{"pointer":"/ruleSet/rules/0/capPerDay","code":"cap-never-binds","help":"At most what a day can bring."}""");
        answer.Json.GetProperty("widens").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_draft_of_a_later_version_belongs_to_the_programme_of_the_address()
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Send(HttpMethod.Put, Own + "/draft", "administrator", Draft)).Status.ShouldBe(200);
        gateway.City.Administration.Calls.ShouldBe(["safe-driver draft pairwise-1 next"]);
    }

    [Fact]
    public async Task Administrators_see_the_status_of_a_programme()
    {
        await using var gateway = await TestGateway.Start();
        var json = (await gateway.Get(Own, "administrator")).Json;
        (json.GetProperty("programme").GetString(), json.GetProperty("status").GetString()).ShouldBe(("safe-driver", "published"));
        json.GetProperty("draft").GetProperty("json").GetRawText().ShouldBe("{ \"as\": \"given\" }");
        json.GetProperty("draft").GetProperty("approvals")[0].GetString().ShouldBe("admin-2");
        json.GetProperty("resumeApprovals").GetArrayLength().ShouldBe(1);
        gateway.City.Administration.Empty = true;
        (await gateway.Get(Own, "administrator")).Problem.ShouldBe("not-found");
    }

    [Fact]
    public async Task Validation_names_every_problem()
    {
        await using var gateway = await TestGateway.Start();
        (await Post(gateway, "/draft/validation")).Status.ShouldBe(200);
        gateway.City.Administration.Problems = [FakeAdministration.Problem, FakeAdministration.Problem with { Pointer = "/assessment" }];
        var answer = await Post(gateway, "/draft/validation");
        (answer.Status, answer.Problem).ShouldBe((422, "content-at-fault"));
        answer.Json.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("pointer").GetString())
            .ShouldBe(["/ruleSet/rules/0/capPerDay", "/assessment"]);
        gateway.City.Administration.Empty = true;
        (await Post(gateway, "/draft/validation")).Problem.ShouldBe("not-found");
    }

    [Fact]
    public async Task An_approval_publishes_or_waits_for_another()
    {
        await using var gateway = await TestGateway.Start();
        var body = $$"""{"hash":"{{Some.Hash}}"}""";
        var done = await Post(gateway, "/draft/approvals", body);
        (done.Status, done.Text).ShouldBe((200, """{"done":true,"approvals":["admin-2","admin-3"]}"""));
        gateway.City.Administration.Outcome = new(false, ["admin-2"], null, []);
        var waits = await Post(gateway, "/draft/approvals", body);
        (waits.Status, waits.Text).ShouldBe((202, """{"done":false,"approvals":["admin-2"]}"""));
        gateway.City.Administration.Calls.ShouldAllBe(call => call == $"safe-driver approve pairwise-1 {Some.Hash}");
    }

    [Theory]
    [InlineData(AdminRefusal.Unknown, 404, "not-found")]
    [InlineData(AdminRefusal.NameTaken, 409, "name-taken")]
    [InlineData(AdminRefusal.HashDiffers, 409, "hash-differs")]
    [InlineData(AdminRefusal.Problems, 422, "content-at-fault")]
    [InlineData(AdminRefusal.IsAuthor, 403, "is-author")]
    [InlineData(AdminRefusal.ApprovedAlready, 409, "approved-already")]
    [InlineData(AdminRefusal.WrongStatus, 409, "wrong-status")]
    [InlineData(AdminRefusal.NotReadable, 400, "malformed-json")]
    [InlineData(AdminRefusal.Busy, 409, "simulation-under-way")]
    public async Task Every_refusal_has_its_own_problem(AdminRefusal refusal, int status, string problem)
    {
        await using var gateway = await TestGateway.Start();
        var grain = gateway.City.Administration;
        grain.Outcome = new(false, [], refusal, [FakeAdministration.Problem]);
        grain.Refusal = refusal;
        grain.Problems = [];
        foreach (var answer in new[]
        {
            await gateway.Send(HttpMethod.Post, New, "administrator", Draft),
            await gateway.Send(HttpMethod.Put, Own + "/draft", "administrator", Draft),
            await Post(gateway, "/draft/approvals", $$"""{"hash":"{{Some.Hash}}"}"""),
            await Post(gateway, "/draft/simulation"),
            await Post(gateway, "/end"),
            await gateway.Send(HttpMethod.Delete, Own + "/suspension", "administrator"),
            await gateway.Send(HttpMethod.Put, Own + "/suspension", "administrator", """{"reason":"Because."}"""),
            await gateway.Send(HttpMethod.Post, "/v1/admin/services", "administrator", """{"act":"end","id":"parking"}"""),
        })
            (answer.Status, answer.Problem).ShouldBe((status, problem));
    }

    [Fact]
    public void No_two_refusals_share_a_problem() =>
        Enum.GetValues<AdminRefusal>().Select(refusal => AdminResults.Refuse(refusal, []).Problem).ShouldBeUnique();

    private static Task<Answer> Post(TestGateway gateway, string path, string? body = null) =>
        gateway.Send(HttpMethod.Post, Own + path, "administrator", body);
}
