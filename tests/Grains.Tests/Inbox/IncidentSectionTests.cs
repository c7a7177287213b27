using Scoring.Administration;
using Scoring.Hosting;
using Scoring.Incidents;
using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.SetAside;

namespace Scoring.Inbox;

/// <summary>What waits for administrators when something has gone wrong.</summary>
public sealed class IncidentSectionTests
{
    private static readonly IncidentNotice Notice = new("A list was sent.", "Data protection office", "Calls.", "It was deleted.");

    [Fact]
    public async Task A_proposed_notice_waits_for_everyone_but_its_author_until_it_is_told_or_expires()
    {
        await using var city = await AdminCity.Start();
        var incident = city.Grains.GetGrain<IIncidentGrain>(AdminCity.Calm.Value);
        var proposal = (await incident.Propose(AdminCity.Berta, Notice)).Proposal.ShouldNotBeNull();
        (await city.Inbox(AdminCity.Berta)).Items.ShouldBeEmpty();
        var item = (await city.Inbox(AdminCity.Carla)).Items.ShouldHaveSingleItem();
        (item.Kind, item.Task, item.Programme, item.Name).ShouldBe((InboxKind.Incident, InboxTask.Approve, AdminCity.Calm, "Calm"));
        (item.Hash, item.Since, item.DueOn, item.Approvals).ShouldBe(
            (proposal.Hash, TestCity.Today, TestCity.Today.AddDays(14), 0));

        city.Clock.Advance(TimeSpan.FromDays(14));
        (await city.Inbox(AdminCity.Carla)).Items.ShouldBeEmpty("it has expired");
        proposal = (await incident.Propose(AdminCity.Berta, Notice)).Proposal.ShouldNotBeNull();
        (await city.Inbox(AdminCity.Carla)).Items.Length.ShouldBe(1);
        (await incident.Confirm(AdminCity.Carla, proposal.Hash)).Done.ShouldBeTrue();
        (await city.Inbox(AdminCity.Author)).Items.ShouldBeEmpty("it is told");
    }

    [Fact]
    public async Task Entries_that_are_set_aside_wait_once_for_each_programme_until_a_replay_is_under_way()
    {
        await using var city = await AdminCity.Start();
        var count = new SetAsideCount(
            AdminCity.Calm, EntryKind.Event, null, 1, EntryFault.MemberMissing, new string('a', 64), FoldState.FoldVersion, 1, 1);
        city.SetAside.Counts.AddRange([count, count with { RuleSet = 2 }]);
        var item = (await city.Inbox(AdminCity.Berta)).Items.ShouldHaveSingleItem();
        (item.Kind, item.Task, item.Programme, item.Name).ShouldBe((InboxKind.SetAside, InboxTask.Replay, AdminCity.Calm, "Calm"));
        city.SetAside.Due.Add(new SetAsideSubject(1, new(1), Subjects.SubjectKind.Vehicle, AdminCity.Calm));
        (await city.Inbox(AdminCity.Berta)).Items.ShouldBeEmpty();
    }
}
