using System.Text.Json;
using Scoring.Contests;
using Scoring.Hosting;

namespace Scoring.Inbox;

public sealed class InboxTests
{
    [Fact]
    public async Task An_inbox_is_the_callers_own_and_its_items_say_what_to_do()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Get("/v1/admin/inbox", "administrator");
        answer.Status.ShouldBe(200, answer.Text + gateway.Log.Text);
        gateway.City.Inbox.Calls.Single().ShouldStartWith("inbox pairwise-1");
        answer.Json.GetProperty("isCut").GetBoolean().ShouldBeTrue();
        var items = answer.Json.GetProperty("items");
        items[0].GetRawText().ShouldBe(
            $$"""
            {"kind":"draft","task":"approve","programme":"safe-driver","name":"Safe driver","registration":null,"case":null,
            "hash":"{{Some.Hash}}","dueOn":"2026-12-01","since":"2026-11-23","approvals":1}
            """.ReplaceLineEndings(""));
        (Word(items[1], "kind"), Word(items[1], "task"), Word(items[1], "case")).ShouldBe(("contest", "judge", FakeContests.Case));
    }

    [Fact]
    public async Task An_auditors_inbox_has_their_cases_and_draws()
    {
        await using var gateway = await TestGateway.Start();
        var json = (await gateway.Get("/v1/audit/inbox", "auditor")).Json;
        gateway.City.Inbox.Calls.ShouldBe(["audit-inbox pairwise-1"]);
        Word(json.GetProperty("cases")[0], "purpose").ShouldBe("complaint");
        json.GetProperty("draws")[0].GetProperty("fixedBy").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("/v1/admin/programmes", "programmes pairwise-1 +100")]
    [InlineData("/v1/admin/programmes?after=calm&count=7", "programmes pairwise-1 calm+7")]
    [InlineData("/v1/admin/event-types?count=500", "EventType pairwise-1 +500")]
    [InlineData("/v1/admin/sources?after=https%3A%2F%2Fa.example&count=1", "Source pairwise-1 https://a.example+1")]
    [InlineData("/v1/admin/services", "Service pairwise-1 +100")]
    public async Task A_list_is_asked_for_by_page(string path, string call)
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Get(path, "administrator");
        answer.Status.ShouldBe(200, answer.Text + gateway.Log.Text);
        gateway.City.Inbox.Calls.ShouldBe([call]);
        answer.Text.ShouldNotContain("pairwise", Case.Sensitive, "a list names no administrator");
    }

    [Theory]
    [InlineData("/v1/admin/programmes?count=0")]
    [InlineData("/v1/admin/programmes?count=101")]
    [InlineData("/v1/admin/sources?count=501")]
    [InlineData("/v1/admin/services?after=%00")]
    public async Task A_page_outside_the_bounds_is_refused(string path)
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Get(path, "administrator")).Problem.ShouldBe("malformed-request");
        (await gateway.Get("/v1/admin/services?after=" + new string('a', 256), "administrator")).Problem.ShouldBe("malformed-request");
        gateway.City.Inbox.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_shows_drafts_and_proposals_with_the_callers_part_in_them()
    {
        await using var gateway = await TestGateway.Start();
        var programme = (await gateway.Get("/v1/admin/programmes", "administrator")).Json.GetProperty("programmes")[0];
        Word(programme, "status").ShouldBe("suspended");
        programme.GetProperty("draft").GetRawText().ShouldBe(
            $$"""
            {"number":2,"hash":"{{Some.Hash}}","at":"2026-11-23T07:15:00Z","firstDay":"2026-12-15","approveBy":"2026-12-01",
            "problems":0,"approvals":1,"approvalsNeeded":1,"isAuthor":false,"hasApproved":true,"mayApprove":false}
            """.ReplaceLineEndings(""));
        programme.GetProperty("resuming").GetProperty("mayApprove").GetBoolean().ShouldBeTrue();
        var service = (await gateway.Get("/v1/admin/services", "administrator")).Json.GetProperty("registrations")[0];
        (Word(service, "kind"), Word(service, "expiresOn")).ShouldBe(("service", "2027-01-01"));
        (Word(service.GetProperty("proposal"), "act"), service.GetProperty("proposal").GetProperty("isAuthor").GetBoolean())
            .ShouldBe(("end", true));
    }

    private static string? Word(JsonElement element, string name) => element.GetProperty(name).GetString();
}
