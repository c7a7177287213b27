using System.Text.Json.Nodes;
using Scoring.Administration;
using Scoring.Testing;

namespace Scoring.Contests;

/// <summary>
/// Checks which administrators may not judge. Version 1 is in force on the event's day and version 2 today. Version 3 is published and
/// not in force yet.
/// </summary>
public sealed class ReviewerIndependenceTests
{
    [Fact]
    public async Task An_administrator_involved_in_the_rules_the_source_or_the_enrolment_may_neither_read_nor_decide_the_case()
    {
        await using var city = await ContestCity.Start();
        var caseId = await city.Contest(city.Event(-3, daysAgo: 10));
        await city.RecordPublication(1, "author-1", "approver-1", "second-approver-1");
        await city.RecordPublication(2, "author-2", "approver-2", "second-approver-2");
        await city.RecordRegistration(AdminActions.Proposed, "proposer", TestProgrammes.SourceId);
        await city.RecordRegistration(AdminActions.Registered, "confirmer", TestProgrammes.SourceId);
        await city.RecordRegistration(AdminActions.RegistrationSuspended, "suspender", TestProgrammes.SourceId);
        var before = city.Kinds();
        foreach (var reviewer in (string[])["author-1", "approver-1", "second-approver-1", "author-2", "approver-2", "second-approver-2",
            "proposer", "confirmer", "suspender", ContestCity.Anna])
        {
            (await city.Decide(reviewer, caseId)).Refusal.ShouldBe(ContestRefusal.NotIndependent, reviewer);
            (await city.Cases.OpenFile(new CaseReviewer(reviewer, []), caseId)).Refusal.ShouldBe(ContestRefusal.NotIndependent, reviewer);
        }
        (await city.Decide("clerk", caseId, true, "x", "traffic-console")).Refusal.ShouldBe(ContestRefusal.NotIndependent);
        city.Kinds().ShouldBe(before, "a refused reviewer leaves no access");
        (await city.Decide("judge", caseId, true, "city-console")).Decision.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_involvement_in_something_else_disqualifies_no_administrator()
    {
        await using var city = await ContestCity.Start();
        string[] cases = [.. await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => city.Contest(city.Event(-3))))];
        await city.RecordPublication(1, "author-1", "approver-1");
        await city.RecordPublication(3, "author-3", "approver-3");
        await city.RecordRegistration(AdminActions.Registered, "till-keeper", "urn:city:till");
        await city.Record(
            AdminActions.Published, AdminActions.ByPlatform, new JsonObject { ["number"] = 2, ["author"] = AdminActions.ByPlatform });
        await city.Record(AdminActions.Simulated, "simulator", new JsonObject { ["number"] = 2, ["author"] = "simulator" });
        string[] independent = ["author-1", "approver-1", "author-3", "approver-3", "till-keeper", "simulator"];
        foreach (var (reviewer, caseId) in independent.Zip(cases))
            (await city.Decide(reviewer, caseId)).Refusal.ShouldBeNull(reviewer + ": today's event is valued by version 2");
    }

    [Fact]
    public async Task The_record_is_read_to_its_end_each_time()
    {
        await using var city = await ContestCity.Start();
        var first = await city.Contest(city.Event(-3));
        var second = await city.Contest(city.Event(-3));
        (await city.Decide("late", first)).Decision.ShouldNotBeNull();
        for (var i = 0; i < 600; i++) await city.RecordRegistration(AdminActions.Proposed, $"proposer-{i}", "urn:city:till");
        await city.RecordPublication(2, "late", "approver");
        (await city.Decide("late", second)).Refusal.ShouldBe(ContestRefusal.NotIndependent);
        (await city.Decide("approver", second)).Refusal.ShouldBe(ContestRefusal.NotIndependent);
    }
}
