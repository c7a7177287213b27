using System.Globalization;
using System.Text;
using Scoring.Hosting;

namespace Scoring.Editing;

public sealed class EditingTests
{
    private const string Validation = "/v1/admin/drafts/validation";
    private const string Workbench = "/v1/admin/drafts/workbench";
    private const string Draft = """{"ruleSet":{"number":  2},"programme":{"id":"bike-friend"}}""";
    private const string Event = """{"type":"traffic.speeding","day":"2026-11-20","data":{"overLimitKmh":12}}""";

    [Fact]
    public async Task A_draft_is_checked_byte_by_byte_and_its_problems_are_no_refusal()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Send(HttpMethod.Post, Validation, "administrator", Draft);
        answer.Status.ShouldBe(200, answer.Text + gateway.Log.Text);
        answer.Text.ShouldBe(
            $$"""
            {"hash":"{{new string('a', 64)}}","problems":[{"pointer":"/ruleSet/rules/0/capPerDay","code":"cap-never-binds",
            "help":"At most what a day can bring."}],"differences":["It changes."],"widens":true}
            """.ReplaceLineEndings(""));
        gateway.City.Editing.Draft.ShouldBe(Draft);
        gateway.City.Editing.Programme.ShouldBeNull();
        gateway.City.Administration.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_draft_is_checked_as_the_next_version_of_the_programme_that_is_named()
    {
        await using var gateway = await TestGateway.Start();
        (await gateway.Send(HttpMethod.Post, Validation + "?programme=safe-driver", "administrator", Draft)).Status.ShouldBe(200);
        gateway.City.Editing.Programme!.Value.Value.ShouldBe("safe-driver");
        (await gateway.Send(HttpMethod.Post, Validation + "?programme=No", "administrator", Draft)).Problem.ShouldBe("malformed-request");
    }

    [Fact]
    public async Task The_workbench_reads_events_into_their_canonical_form()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Send(HttpMethod.Post, Workbench, "administrator", Body(Event));
        answer.Status.ShouldBe(200, answer.Text + gateway.Log.Text);
        answer.Text.ShouldBe(
            """
            {"floor":500,"ceiling":900,"days":[{"day":"2026-11-01","score":505,"tier":"baseline"}],
            "events":[{"taken":true,"points":[{"rule":"trips","points":5}]}],"rules":[{"rule":"trips","points":5,"worth":5}]}
            """.ReplaceLineEndings(""));
        var run = gateway.City.Editing.Run!;
        (Encoding.UTF8.GetString(run.Draft), run.From, run.To).ShouldBe((Draft, new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 30)));
        var made = run.Events.ShouldHaveSingleItem();
        made.Day.ShouldBe(new DateOnly(2026, 11, 20));
        Encoding.UTF8.GetString(made.Body).ShouldBe(
            """{"data":{"overLimitKmh":12},"source":"urn:scoring:made-up","type":"traffic.speeding"}""");
        gateway.City.Appends.ShouldBe(0);
    }

    [Fact]
    public async Task A_draft_that_cannot_be_scored_is_refused_with_its_problems()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Editing.IsAtFault = true;
        var answer = await gateway.Send(HttpMethod.Post, Workbench, "administrator", Body(Event));
        (answer.Status, answer.Problem).ShouldBe((422, "content-at-fault"));
        answer.Json.GetProperty("problems")[0].GetProperty("pointer").GetString().ShouldBe("/ruleSet/rules/0/capPerDay");
    }

    [Theory]
    [InlineData("""{"type":"traffic.flying","day":"2026-11-20","data":{}}""", "/events/1/type")]
    [InlineData("""{"type":"traffic.speeding","data":{"overLimitKmh":12}}""", "/events/1/day")]
    [InlineData("""{"type":"traffic.speeding","day":"2026-12-01","data":{"overLimitKmh":12}}""", "/events/1/day")]
    [InlineData("""{"type":"traffic.speeding","day":"2026-11-20","data":{"overLimitKmh":"12"}}""", "/events/1/data/overLimitKmh")]
    [InlineData("""{"type":"traffic.speeding","day":"2026-11-20","data":{}}""", "/events/1/data/overLimitKmh")]
    [InlineData("7", "/events/1")]
    public async Task A_faulty_event_is_named_by_its_place(string made, string pointer)
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Send(HttpMethod.Post, Workbench, "administrator", Body($"{Event},{made}"));
        answer.Problem.ShouldBe("events-refused");
        answer.Pointers.ShouldBe([pointer]);
        gateway.City.Editing.Run.ShouldBeNull();
    }

    [Theory]
    [InlineData("{}", "/draft")]
    [InlineData("""{"draft":7}""", "/draft")]
    [InlineData("""{"draft":{},"from":"1.1.2026","to":"2026-01-01","events":[]}""", "/from")]
    [InlineData("""{"draft":{},"from":"2026-01-01","events":[]}""", "/to")]
    [InlineData("""{"draft":{},"from":"2026-01-02","to":"2026-01-01","events":[]}""", "/to")]
    [InlineData("""{"draft":{},"from":"2026-01-01","to":"2026-01-01"}""", "/events")]
    [InlineData("""{"draft":{},"from":"2026-01-01","to":"2026-01-01","events":[],"subject":1}""", "/subject")]
    public async Task A_body_of_another_form_is_refused(string body, string pointer)
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Send(HttpMethod.Post, Workbench, "administrator", body);
        answer.Problem.ShouldBe("malformed-request");
        answer.Pointers.ShouldBe([pointer]);
    }

    [Theory]
    [InlineData(400, 500, null)]
    [InlineData(401, 500, "/to")]
    [InlineData(400, 501, "/events")]
    public async Task Days_and_events_have_a_limit(int days, int events, string? pointer)
    {
        await using var gateway = await TestGateway.Start();
        var to = new DateOnly(2026, 1, 1).AddDays(days - 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var many = string.Join(',', Enumerable.Repeat(Event, events));
        var answer = await gateway.Send(
            HttpMethod.Post, Workbench, "administrator", $$"""{"draft":{},"from":"2026-01-01","to":"{{to}}","events":[{{many}}]}""");
        if (pointer is null) answer.Status.ShouldBe(200, answer.Text);
        else answer.Pointers.ShouldBe([pointer]);
    }

    private static string Body(string events) => $$"""{"draft":{{Draft}},"from":"2026-11-01","to":"2026-11-30","events":[{{events}}]}""";
}
