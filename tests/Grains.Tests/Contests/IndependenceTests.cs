using System.Text.Json.Nodes;
using Scoring.Administration;
using Scoring.Streams;

namespace Scoring.Contests;

/// <summary>
/// Who may not judge. The event's day lies under version 1, today under version 2; version 3 is published and not in force.
/// </summary>
public sealed class IndependenceTests
{
    [Fact]
    public async Task Whoever_wrote_or_approved_the_rules_runs_the_source_or_is_the_participant_may_neither_look_nor_decide()
    {
        await using var city = await ContestCity.Start();
        var caseId = await city.Contest(city.Event(-3, daysAgo: 10));
        await city.Published(1, "author-1", "approver-1", "second-approver-1");
        await city.Published(2, "author-2", "approver-2", "second-approver-2");
        await city.Registered(AdminActions.Proposed, "proposer", TestProgrammes.SourceId);
        await city.Registered(AdminActions.Registered, "confirmer", TestProgrammes.SourceId);
        await city.Registered(AdminActions.RegistrationSuspended, "suspender", TestProgrammes.SourceId);
        var before = city.Kinds();
        foreach (var who in (string[])["author-1", "approver-1", "second-approver-1", "author-2", "approver-2", "second-approver-2",
            "proposer", "confirmer", "suspender", ContestCity.Anna])
        {
            (await city.Decide(who, caseId)).Refusal.ShouldBe(ContestRefusal.NotIndependent, who);
            (await city.Cases.OpenFile(new CaseReviewer(who, []), caseId)).Refusal.ShouldBe(ContestRefusal.NotIndependent, who);
        }
        (await city.Decide("clerk", caseId, true, "x", "traffic-console")).Refusal.ShouldBe(ContestRefusal.NotIndependent);
        city.Kinds().ShouldBe(before, "who may not look leaves no look");
        (await city.Decide("judge", caseId, true, "city-console")).Decision.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_hand_in_something_else_hinders_nobody()
    {
        await using var city = await ContestCity.Start();
        string[] cases = [.. await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => city.Contest(city.Event(-3))))];
        await city.Published(1, "author-1", "approver-1");
        await city.Published(3, "author-3", "approver-3");
        await city.Registered(AdminActions.Registered, "till-keeper", "urn:city:till");
        await city.Record(
            AdminActions.Published, AdminActions.ByPlatform, new JsonObject { ["number"] = 2, ["author"] = AdminActions.ByPlatform });
        await city.Record(AdminActions.Simulated, "simulator", new JsonObject { ["number"] = 2, ["author"] = "simulator" });
        string[] free = ["author-1", "approver-1", "author-3", "approver-3", "till-keeper", "simulator"];
        foreach (var (who, caseId) in free.Zip(cases))
            (await city.Decide(who, caseId)).Refusal.ShouldBeNull(who + ": today's event is valued by version 2");
    }

    [Fact]
    public async Task The_record_is_read_on_to_its_end_each_time()
    {
        await using var city = await ContestCity.Start();
        var (first, second) = (await city.Contest(city.Event(-3)), await city.Contest(city.Event(-3)));
        (await city.Decide("late", first)).Decision.ShouldNotBeNull();
        for (var i = 0; i < 600; i++) await city.Registered(AdminActions.Proposed, $"somebody-{i}", "urn:city:till");
        await city.Published(2, "late", "approver");
        (await city.Decide("late", second)).Refusal.ShouldBe(ContestRefusal.NotIndependent);
        (await city.Decide("approver", second)).Refusal.ShouldBe(ContestRefusal.NotIndependent);
    }
}
