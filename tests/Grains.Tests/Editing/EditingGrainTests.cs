using System.Text;
using System.Text.Json.Nodes;
using Scoring.Administration;
using Scoring.Hosting;
using Scoring.Programmes;

namespace Scoring.Editing;

public sealed class EditingGrainTests
{
    [Fact]
    public async Task A_draft_is_checked_as_if_it_were_stored_and_leaves_nothing()
    {
        await using var city = await AdminCity.Start();
        var desk = city.Grains.GetGrain<IEditingGrain>(0);
        var valid = await desk.Check(SampleDrafts.OfCalm(), null);
        valid.Problems.ShouldBeEmpty();
        var near = SampleDrafts.OfCalm(daysAhead: 1);
        var report = await desk.Check(near, null);
        var stored = (await city.Programme(AdminCity.Calm).Draft(AdminCity.Author, near, isNew: false)).Draft!;
        (report.Hash, report.Widens).ShouldBe((stored.Hash, stored.Widens));
        report.Problems.ShouldBe(stored.Problems);
        (await desk.Check(SampleDrafts.OfNew(AdminCity.Quiet), null)).Problems.ShouldBeEmpty();
        (await city.Programme(AdminCity.Quiet).Find()).ShouldBeNull();
        (await desk.Check(SampleDrafts.OfNew(AdminCity.Quiet), AdminCity.Calm)).Problems
            .ShouldContain(problem => problem.Pointer == "/programme/id" && problem.Code == "name-mismatch");
        (await desk.Check("{}"u8.ToArray(), null)).Problems.Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_made_up_history_is_scored_by_the_draft()
    {
        await using var city = await AdminCity.Start();
        await city.Programme(AdminCity.Calm).Suspend(AdminCity.Author, "So that the silos read the programmes.");
        var desk = city.Grains.GetGrain<IEditingGrain>(0);
        var trip = new MadeUpEvent(
            TestCity.Today, """{"data":{"calm":true,"km":9},"source":"urn:x","type":"traffic.trip"}"""u8.ToArray());
        var run = new WorkbenchRun(
            SampleDrafts.OfNew(ProgrammeId.Parse("quiet"), change: draft => draft["ruleSet"]!["rules"]![0]!["points"] = 7), TestCity.Today,
            TestCity.Today, [trip]);
        var answer = (await desk.Work(run)).Answer!;
        answer.Days.ShouldHaveSingleItem().Score.ShouldBe(507);
        var refused = await desk.Work(run with { Draft = Encoding.UTF8.GetBytes(new JsonObject().ToJsonString()) });
        refused.Answer.ShouldBeNull();
        refused.Problems.ShouldNotBeEmpty();
    }
}
