using System.Text;
using System.Text.Json;
using Scoring.Administration;

namespace Scoring.Incidents;

public sealed class IncidentGrainTests
{
    private static readonly IncidentNotice Notice = new(
        "On 3 May a list of handles was sent to a wrong office.", "Data protection office, dpo@example.org",
        "A source could learn that you take part.", "The list was deleted. Link your handles again.");

    [Fact]
    public async Task A_notice_is_told_when_a_second_administrator_confirms_it()
    {
        await using var city = await AdminCity.Start();
        var incident = Incident(city);
        var proposal = (await incident.Propose(AdminCity.Berta, Notice)).Proposal.ShouldNotBeNull();
        (proposal.Author, proposal.Notice).ShouldBe((AdminCity.Berta, Notice));
        (await incident.Confirm(AdminCity.Berta, proposal.Hash)).Refusal.ShouldBe(AdminRefusal.IsAuthor);
        (await incident.Confirm(AdminCity.Carla, new string('0', 64))).Refusal.ShouldBe(AdminRefusal.HashDiffers);
        city.Store.ActorsOf(AdminActions.IncidentNotified).ShouldBeEmpty();

        (await incident.Confirm(AdminCity.Carla, proposal.Hash)).Done.ShouldBeTrue();
        (await incident.Confirm(AdminCity.Carla, proposal.Hash)).Done.ShouldBeTrue("a repeated call finds its action");
        (await incident.Find()).ShouldBeNull();
        (await incident.Confirm(AdminCity.Author, proposal.Hash)).Refusal.ShouldBe(AdminRefusal.Unknown);

        var told = city.Store.Record.Single(act => act.Act == AdminActions.IncidentNotified);
        (told.Programme, told.By, told.Hash).ShouldBe((AdminCity.Calm, AdminCity.Carla, proposal.Hash));
        told.Words.ShouldBe([Notice.Nature, Notice.Consequences, Notice.Measures, Notice.Contact]);
        var details = JsonElement.Parse(told.Details!);
        details.GetProperty("author").GetString().ShouldBe(AdminCity.Berta);
        details.GetProperty("notice").GetProperty("nature").GetString().ShouldBe(Notice.Nature);
        details.GetProperty("notice").GetProperty("contact").GetString().ShouldBe(Notice.Contact);
        details.GetProperty("notice").GetProperty("consequences").GetString().ShouldBe(Notice.Consequences);
        details.GetProperty("notice").GetProperty("measures").GetString().ShouldBe(Notice.Measures);
        Rules.CanonicalJson.Hash(Encoding.UTF8.GetBytes(details.GetProperty("notice").GetRawText())).ShouldBe(
            proposal.Hash, "anyone can compute the hash from the record");
    }

    [Fact]
    public async Task The_record_says_that_a_notice_was_proposed_and_not_what_it_says()
    {
        await using var city = await AdminCity.Start();
        var proposal = (await Incident(city).Propose(AdminCity.Berta, Notice)).Proposal.ShouldNotBeNull();
        var act = city.Store.Record.ShouldHaveSingleItem();
        (act.Act, act.By, act.Hash, act.Details).ShouldBe((AdminActions.IncidentProposed, AdminCity.Berta, proposal.Hash, null));
        string.Join(' ', act.Words).ShouldNotContain("handles");
    }

    [Fact]
    public async Task The_same_notice_again_is_the_same_proposal_and_another_one_replaces_it()
    {
        await using var city = await AdminCity.Start();
        var incident = Incident(city);
        var first = (await incident.Propose(AdminCity.Berta, Notice)).Proposal.ShouldNotBeNull();
        (await incident.Propose(AdminCity.Berta, Notice)).Proposal.ShouldBe(first);
        city.Store.Record.Count.ShouldBe(1);
        var second = (await incident.Propose(AdminCity.Carla, Notice with { Measures = "None yet." })).Proposal.ShouldNotBeNull();
        (await incident.Find()).ShouldBe(second);
        (await incident.Confirm(AdminCity.Author, first.Hash)).Refusal.ShouldBe(AdminRefusal.HashDiffers);
        (await incident.Confirm(AdminCity.Berta, second.Hash)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task Only_the_author_takes_a_proposal_back()
    {
        await using var city = await AdminCity.Start();
        var incident = Incident(city);
        (await incident.TakeBack(AdminCity.Berta)).Refusal.ShouldBe(AdminRefusal.Unknown);
        var proposal = (await incident.Propose(AdminCity.Berta, Notice)).Proposal.ShouldNotBeNull();
        (await incident.TakeBack(AdminCity.Carla)).Refusal.ShouldBe(AdminRefusal.Unknown);
        (await incident.TakeBack(AdminCity.Berta)).Done.ShouldBeTrue();
        (await incident.Find()).ShouldBeNull();
        (await incident.Confirm(AdminCity.Carla, proposal.Hash)).Refusal.ShouldBe(AdminRefusal.Unknown);
        city.Store.Record.Select(act => act.Act).ShouldBe([AdminActions.IncidentProposed, AdminActions.IncidentProposalTakenBack]);
    }

    [Fact]
    public async Task A_proposal_expires_with_the_days_of_an_approval()
    {
        await using var city = await AdminCity.Start(settings: new() { ["Publication:ApprovalDays"] = "2" });
        var incident = Incident(city);
        var proposal = (await incident.Propose(AdminCity.Berta, Notice)).Proposal.ShouldNotBeNull();
        proposal.ExpiresAt.ShouldBe(proposal.At.AddDays(2));
        city.Clock.Advance(TimeSpan.FromDays(2) - TimeSpan.FromSeconds(1));
        (await incident.Find()).ShouldNotBeNull();
        city.Clock.Advance(TimeSpan.FromSeconds(1));
        (await incident.Find()).ShouldBeNull();
        (await incident.Confirm(AdminCity.Carla, proposal.Hash)).Refusal.ShouldBe(AdminRefusal.Unknown);
        (await incident.Propose(AdminCity.Berta, Notice)).Proposal.ShouldNotBeNull();
        city.Store.ActorsOf(AdminActions.IncidentProposed).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_suspended_programme_tells_its_participants_and_an_ended_or_unknown_one_has_none()
    {
        await using var city = await AdminCity.Start();
        (await city.Grains.GetGrain<IIncidentGrain>("no-programme").Propose(AdminCity.Berta, Notice)).Refusal
            .ShouldBe(AdminRefusal.Unknown);
        await city.Programme(AdminCity.Calm).Suspend(AdminCity.Berta, "An incident.");
        var incident = Incident(city);
        var proposal = (await incident.Propose(AdminCity.Berta, Notice)).Proposal.ShouldNotBeNull();
        (await incident.Confirm(AdminCity.Carla, proposal.Hash)).Done.ShouldBeTrue();

        proposal = (await incident.Propose(AdminCity.Berta, Notice with { Nature = "More." })).Proposal.ShouldNotBeNull();
        await city.Programme(AdminCity.Calm).ApproveEnding(AdminCity.Berta);
        await city.Programme(AdminCity.Calm).ApproveEnding(AdminCity.Carla);
        (await incident.Find()).ShouldBeNull();
        (await incident.Confirm(AdminCity.Carla, proposal.Hash)).Refusal.ShouldBe(AdminRefusal.WrongStatus);
        (await incident.Propose(AdminCity.Berta, Notice)).Refusal.ShouldBe(AdminRefusal.WrongStatus);
    }

    [Fact]
    public async Task Texts_with_problems_are_refused_with_every_problem_and_leave_no_trace()
    {
        await using var city = await AdminCity.Start();
        var outcome = await Incident(city).Propose(AdminCity.Berta, new IncidentNotice("", "a\nb", " blank", new string('x', 2001)));
        outcome.Refusal.ShouldBe(AdminRefusal.Problems);
        outcome.Problems.Select(problem => problem.Pointer).ShouldBe(["/nature", "/contact", "/consequences", "/measures"]);
        city.Store.Record.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public async Task A_crash_in_a_confirmation_ends_in_one_notice(int write, bool isLanded)
    {
        await using var city = await AdminCity.Start();
        var incident = Incident(city);
        var proposal = (await incident.Propose(AdminCity.Berta, Notice)).Proposal.ShouldNotBeNull();
        city.Storage.FailWrite(write, isLanded);
        await Should.ThrowAsync<Exception>(() => incident.Confirm(AdminCity.Carla, proposal.Hash));
        (await incident.Confirm(AdminCity.Carla, proposal.Hash)).Done.ShouldBeTrue();
        city.Store.ActorsOf(AdminActions.IncidentNotified).ShouldBe([AdminCity.Carla]);
    }

    [Fact]
    public async Task A_decided_confirmation_takes_effect_with_the_next_call()
    {
        await using var city = await AdminCity.Start();
        var incident = Incident(city);
        var proposal = (await incident.Propose(AdminCity.Berta, Notice)).Proposal.ShouldNotBeNull();
        city.Store.Next = (AdminActions.IncidentNotified, MemoryProgrammeStore.Fault.BeforeCommit);
        await Should.ThrowAsync<Exception>(() => incident.Confirm(AdminCity.Carla, proposal.Hash));
        (await incident.TakeBack(AdminCity.Berta)).Refusal.ShouldBe(AdminRefusal.Unknown, "what is decided is not taken back");
        city.Store.ActorsOf(AdminActions.IncidentNotified).ShouldBe([AdminCity.Carla]);
    }

    private static IIncidentGrain Incident(AdminCity city) => city.Grains.GetGrain<IIncidentGrain>(AdminCity.Calm.Value);
}
