using Scoring.Administration;
using Scoring.Contests;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Inbox;

/// <summary>An inbox holds exactly the contests whose file its administrator may open, and reading it is no access.</summary>
public sealed class ContestSectionTests
{
    [Fact]
    public async Task An_inbox_has_the_contests_that_its_administrator_may_judge_and_reading_it_leaves_no_entry()
    {
        await using var city = await ContestCity.Start();
        var old = await city.Contest(city.Event(-3, daysAgo: 10));
        var late = await city.Contest(city.Event(-3));
        await city.RecordPublication(1, "author-1", "approver-1");
        await city.RecordPublication(2, "author-2", "approver-2");
        await city.RecordRegistration(AdminActions.Proposed, "proposer", TestProgrammes.SourceId);
        var before = city.Kinds();

        (await Cases(city, "judge")).ShouldBe([old, late], ignoreOrder: true);
        (await Cases(city, "author-1")).ShouldBe([late], "version 1 values the older event");
        foreach (var dependent in (string[])["author-2", "approver-2", "proposer", ContestCity.Anna])
            (await Cases(city, dependent)).ShouldBeEmpty(dependent);
        (await Cases(city, "judge", "traffic-console")).ShouldBeEmpty("the source's own client");
        city.Kinds().ShouldBe(before);

        var item = (await city.Inbox("author-1")).Items.ShouldHaveSingleItem();
        (item.Kind, item.Task, item.Programme, item.Case).ShouldBe(
            (InboxKind.Contest, InboxTask.Judge, TestProgrammes.Vehicles, late));
        (item.Since, item.DueOn, item.Hash, item.Registration).ShouldBe((TestCity.Today, TestCity.Today.AddDays(30), null, null));
        foreach (var caseId in (string[])[old, late])
        {
            var mayOpen = (await city.Cases.OpenFile(new CaseReviewer("author-1", []), caseId)).File is not null;
            mayOpen.ShouldBe(caseId == late, "an inbox shows what may be opened");
        }
    }

    [Fact]
    public async Task A_decided_and_an_overdue_contest_are_in_no_inbox()
    {
        await using var city = await ContestCity.Start();
        var decided = await city.Contest(city.Event(-3));
        var overdue = await city.Contest(city.Event(-3));
        (await city.Decide("judge", decided)).Decision.ShouldNotBeNull();
        (await Cases(city, "judge")).ShouldBe([overdue]);
        city.Clock.Advance(TimeSpan.FromDays(31));
        (await Cases(city, "judge")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_inbox_is_cut_at_its_limit_and_says_so()
    {
        await using var city = await ContestCity.Start(new() { ["Inbox:ItemsMax"] = "10" });
        for (var i = 0; i < 11; i++) await city.Contest(city.Event(-3));
        var page = await city.Inbox("judge");
        (page.Items.Length, page.IsCut).ShouldBe((10, true));
    }

    private static async Task<string[]> Cases(ContestCity city, string administrator, params string[] clients) =>
        [.. (await city.Inbox(administrator, clients)).Items.Select(item => item.Case!)];
}
