using System.Text;
using System.Text.Json.Nodes;
using Scoring.Administration;
using Scoring.Hosting;

namespace Scoring.Inbox;

/// <summary>What waits for administrators about programmes and registrations.</summary>
public sealed class InboxGrainTests
{
    private const string Desk = """
        {"id":"desk","programme":"calm","legalEntity":"Desk","purpose":"Permits.","contact":"d@example.org",
         "lastDay":"2026-07-05","context":"mobility"}
        """;

    [Fact]
    public async Task A_draft_waits_for_those_who_may_approve_it_and_not_for_its_author()
    {
        await using var city = await AdminCity.Start();
        var hash = await Drafted(city, SampleDrafts.OfCalm(daysAhead: 20));
        (await city.Inbox(AdminCity.Author)).Items.ShouldBeEmpty();
        var item = (await city.Inbox(AdminCity.Berta)).Items.ShouldHaveSingleItem();
        (item.Kind, item.Task, item.Programme, item.Name).ShouldBe((InboxKind.Draft, InboxTask.Approve, AdminCity.Calm, "Calm"));
        (item.Hash, item.DueOn, item.Since, item.Approvals).ShouldBe((hash, TestCity.Today.AddDays(6), TestCity.Today, 0));

        await city.Programme(AdminCity.Calm).Approve(AdminCity.Berta, hash);
        (await city.Inbox(AdminCity.Berta)).Items.ShouldBeEmpty("she has approved");
        (await city.Inbox(AdminCity.Carla)).Items.Single().Approvals.ShouldBe(1);
        await city.Programme(AdminCity.Calm).Approve(AdminCity.Carla, hash);
        (await city.Inbox("dora")).Items.ShouldBeEmpty("it is published");
    }

    [Fact]
    public async Task A_draft_that_no_approval_is_accepted_for_is_in_no_inbox()
    {
        await using var city = await AdminCity.Start();
        await Drafted(city, SampleDrafts.OfCalm(daysAhead: 15));
        (await city.Inbox(AdminCity.Berta)).Items.Length.ShouldBe(1);
        city.Clock.Advance(TimeSpan.FromDays(2));
        (await city.Inbox(AdminCity.Berta)).Items.ShouldBeEmpty("its first day is too near now");
    }

    [Fact]
    public async Task A_proposal_waits_for_everyone_but_its_author()
    {
        await using var city = await AdminCity.Start();
        var hash = await Proposed(city, Desk);
        (await city.Inbox(AdminCity.Author)).Items.ShouldBeEmpty();
        var item = (await city.Inbox(AdminCity.Berta)).Items.ShouldHaveSingleItem();
        (item.Kind, item.Task, item.Registration, item.Name).ShouldBe(
            (InboxKind.Proposal, InboxTask.Approve, RegistrationKind.Service, "desk"));
        (item.Hash, item.Since, item.Programme).ShouldBe((hash, TestCity.Today, AdminCity.Calm));
    }

    [Fact]
    public async Task A_registration_and_an_assessment_that_end_soon_wait_for_every_administrator()
    {
        await using var city = await AdminCity.Start(settings: new() { ["Inbox:SoonDays"] = "20" });
        var hash = await Proposed(city, Desk);
        await city.Registration(RegistrationKind.Service, "desk").Approve(AdminCity.Berta, hash);
        await Published(city, SampleDrafts.OfNew(AdminCity.Quiet, 1, draft => draft["assessment"]!["reviewBy"] = "2026-07-06"));
        (await city.Inbox(AdminCity.Author)).Items.Select(Shown).ShouldBe([(InboxKind.Expiry, InboxTask.Renew, "desk")]);
        city.Clock.Advance(TimeSpan.FromDays(1));
        var items = (await city.Inbox(AdminCity.Author)).Items;
        items.Select(Shown).ShouldBe(
            [(InboxKind.Expiry, InboxTask.Renew, "desk"), (InboxKind.Assessment, InboxTask.Assess, "Calm")],
            "the earlier day comes first");
        items.Select(item => item.DueOn).ShouldBe([new DateOnly(2026, 7, 5), new DateOnly(2026, 7, 6)]);

        await Published(city, SampleDrafts.OfNew(AdminCity.Quiet, 15, draft => draft["ruleSet"]!["number"] = 2));
        (await city.Inbox(AdminCity.Author)).Items.Select(item => item.Kind).ShouldBe(
            [InboxKind.Expiry], "the next version comes with an assessment in time");
    }

    [Fact]
    public async Task A_suspended_programme_waits_until_one_has_approved_to_resume_it_and_an_end_for_the_second()
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Calm);
        await programme.ApproveEnding(AdminCity.Carla);
        var ending = (await city.Inbox(AdminCity.Berta)).Items.ShouldHaveSingleItem();
        (ending.Kind, ending.Task, ending.Approvals, ending.DueOn).ShouldBe(
            (InboxKind.Ending, InboxTask.Approve, 1, TestCity.Today.AddDays(14)));
        (await city.Inbox(AdminCity.Carla)).Items.ShouldBeEmpty();

        await programme.Suspend(AdminCity.Berta, "A sensor reports wrong speeds.");
        city.Clock.Advance(TimeSpan.FromDays(1));
        var suspended = (await city.Inbox(AdminCity.Berta)).Items.ShouldHaveSingleItem();
        (suspended.Kind, suspended.Task, suspended.Since, suspended.DueOn, suspended.Approvals).ShouldBe(
            (InboxKind.Suspension, InboxTask.Resume, TestCity.Today, null, 0));
        await programme.ApproveResuming(AdminCity.Berta);
        (await city.Inbox(AdminCity.Berta)).Items.ShouldBeEmpty();
        (await city.Inbox(AdminCity.Carla)).Items.Single().Approvals.ShouldBe(1);
        city.Clock.Advance(TimeSpan.FromDays(15));
        (await city.Inbox(AdminCity.Berta)).Items.Single().Approvals.ShouldBe(0, "the approval has expired");
    }

    private static (InboxKind, InboxTask, string) Shown(InboxItem item) => (item.Kind, item.Task, item.Name);

    private static async Task<string> Drafted(AdminCity city, byte[] draft)
    {
        var id = (string)JsonNode.Parse(draft)!["programme"]!["id"]!;
        var isNew = await city.Programme(id).Find() is null;
        var written = (await city.Programme(id).Draft(AdminCity.Author, draft, isNew)).Draft.ShouldNotBeNull();
        written.Problems.ShouldBeEmpty();
        return written.Hash;
    }

    private static async Task Published(AdminCity city, byte[] draft)
    {
        var hash = await Drafted(city, draft);
        var programme = city.Programme((string)JsonNode.Parse(draft)!["programme"]!["id"]!);
        await programme.Approve(AdminCity.Berta, hash);
        (await programme.Approve(AdminCity.Carla, hash)).Done.ShouldBeTrue();
    }

    private static async Task<string> Proposed(AdminCity city, string service) =>
        (await city.Registration(RegistrationKind.Service, "desk").Propose(
            AdminCity.Author, new RegistrationChange(RegistrationAction.Register, Encoding.UTF8.GetBytes(service))))
        .Proposal.ShouldNotBeNull().Hash;
}
