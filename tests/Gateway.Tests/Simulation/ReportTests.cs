using System.Text.Json;
using Scoring.Administration;
using Scoring.Hosting;
using Scoring.Inbox;

namespace Scoring.Simulation;

public sealed class ReportTests
{
    private const string Simulation = "/v1/admin/programmes/safe-driver/draft/simulation";
    private const string Approvals = "/v1/admin/programmes/safe-driver/draft/approvals";
    private static readonly KeptReport Kept = new(new string('b', 64), Some.Hash, Some.Instant, true, FakeInbox.Report);

    [Fact]
    public async Task The_kept_reports_are_shown_with_the_running_simulation()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Inbox.Kept = [Kept];
        var json = (await gateway.Get(Simulation, "administrator")).Json;
        (json.GetProperty("status").GetString(), json.GetProperty("percentDone").GetInt32()).ShouldBe(("running", 40));
        var kept = json.GetProperty("reports").EnumerateArray().ShouldHaveSingleItem();
        (kept.GetProperty("hash").GetString(), kept.GetProperty("isNamed").GetBoolean()).ShouldBe((Kept.Hash, true));
        kept.GetProperty("report").GetProperty("subjects").GetInt64().ShouldBe(40);
    }

    [Fact]
    public async Task A_kept_report_is_shown_when_no_silo_remembers_its_simulation()
    {
        await using var gateway = await TestGateway.Start();
        gateway.City.Administration.Empty = true;
        (await gateway.Get(Simulation, "administrator")).Problem.ShouldBe("not-found");
        gateway.City.Inbox.Kept = [Kept];
        var json = (await gateway.Get(Simulation, "administrator")).Json;
        (json.GetProperty("status").GetString(), json.GetProperty("hash").GetString()).ShouldBe(("done", Some.Hash));
        json.GetProperty("report").GetProperty("day").GetString().ShouldBe("2026-11-23");
    }

    [Fact]
    public async Task An_approval_may_name_the_report_that_was_seen()
    {
        await using var gateway = await TestGateway.Start();
        (await Approve(gateway, $$"""{"hash":"{{Some.Hash}}","report":"{{Kept.Hash}}"}""")).Status.ShouldBe(200);
        (await Approve(gateway, $$"""{"hash":"{{Some.Hash}}"}""")).Status.ShouldBe(200);
        gateway.City.Administration.Calls.ShouldBe(
            [$"safe-driver approve-with-report pairwise-1 {Some.Hash} {Kept.Hash}", $"safe-driver approve pairwise-1 {Some.Hash}"]);

        var malformed = await Approve(gateway, $$"""{"hash":"{{Some.Hash}}","report":"x"}""");
        malformed.Json.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/report");
        gateway.City.Administration.Outcome = AdminOutcome.Refused(AdminRefusal.ReportUnknown);
        var unknown = await Approve(gateway, $$"""{"hash":"{{Some.Hash}}","report":"{{Kept.Hash}}"}""");
        (unknown.Status, unknown.Problem).ShouldBe((409, "report-unknown"));
    }

    [Fact]
    public async Task Everyone_reads_the_report_that_an_approval_of_a_version_named()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await gateway.Get($"/v1/programmes/safe-driver/reports/{Some.Hash}", null);
        answer.Status.ShouldBe(200, answer.Text + gateway.Log.Text);
        answer.Json.GetProperty("version").GetInt32().ShouldBe(2);
        var served = answer.Json.GetProperty("report");
        Rules.CanonicalJson.Write(served).ShouldBe(
            SimulationReportDocument.Write(FakeInbox.Report), "so a reader can compute the hash from what is served");
        (await gateway.Get($"/v1/programmes/safe-driver/reports/{Kept.Hash}", null)).Problem.ShouldBe("not-found");
        (await gateway.Get($"/v1/programmes/safe-driver/reports/{new string('G', 64)}", null)).Problem.ShouldBe("not-found");
    }

    private static Task<Answer> Approve(TestGateway gateway, string body) =>
        gateway.Send(HttpMethod.Post, Approvals, "administrator", body);
}
