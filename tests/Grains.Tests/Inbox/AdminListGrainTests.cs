using System.Globalization;
using System.Text;
using Scoring.Administration;
using Scoring.Hosting;
using Scoring.Programmes;

namespace Scoring.Inbox;

/// <summary>Lists of programmes and registrations, and what a caller learns of themselves in them.</summary>
public sealed class AdminListGrainTests
{
    [Fact]
    public async Task The_list_has_published_programmes_and_drafts_and_says_of_the_caller_alone_what_they_did()
    {
        await using var city = await AdminCity.Start();
        var draft = SampleDrafts.OfNew(AdminCity.Quiet);
        var hash = (await city.Programme(AdminCity.Quiet).Draft(AdminCity.Author, draft, true)).Draft.ShouldNotBeNull().Hash;
        await city.Programme(AdminCity.Quiet).Approve(AdminCity.Berta, hash);
        await city.Programme(AdminCity.Calm).ApproveEnding(AdminCity.Berta);

        var page = await city.Lists.Programmes(AdminCity.Author, "", 10);
        page.After.ShouldBeNull();
        page.Programmes.Select(programme => programme.Programme).ShouldBe([AdminCity.Calm, AdminCity.Quiet]);
        var calm = page.Programmes[0];
        (calm.Name, calm.Status, calm.InForce, calm.Latest, calm.ReviewBy).ShouldBe(
            ("Calm", ProgrammeStatus.Published, 1, 1, new DateOnly(2025, 12, 31)));
        (calm.Draft, calm.Resuming).ShouldBe((null, null));
        calm.Ending.ShouldBe(new ApprovalSummary(1, 1, city.Clock.GetUtcNow().AddDays(14), false, true));
        (page.Programmes[1].Name, page.Programmes[1].Status, page.Programmes[1].Latest).ShouldBe((null, ProgrammeStatus.Drafted, null));

        var expected = new DraftSummary(
            1, hash, city.Clock.GetUtcNow(), TestCity.Today.AddDays(2), TestCity.Today.AddDays(1), 0, 1, 1, true, false, false);
        (await Quiet(city, AdminCity.Author)).ShouldBe(expected);
        (await Quiet(city, AdminCity.Berta)).ShouldBe(expected with { IsAuthor = false, HasApproved = true });
        (await Quiet(city, AdminCity.Carla)).ShouldBe(expected with { IsAuthor = false, MayApprove = true });
        (await city.Lists.Programmes(AdminCity.Berta, "", 10)).Programmes[0].Ending.ShouldNotBeNull().MayApprove.ShouldBeFalse();
    }

    [Fact]
    public async Task A_draft_with_problems_is_listed_with_their_number_and_may_not_be_approved()
    {
        await using var city = await AdminCity.Start();
        await city.Programme(AdminCity.Quiet).Draft(AdminCity.Author, "{}"u8.ToArray(), true);
        var draft = await Quiet(city, AdminCity.Berta);
        draft.Problems.ShouldBeGreaterThan(0);
        (draft.Number, draft.FirstDay, draft.ApproveBy, draft.MayApprove).ShouldBe((null, null, null, false));
    }

    [Fact]
    public async Task Every_programme_and_registration_is_on_exactly_one_page()
    {
        await using var city = await AdminCity.Start();
        string[] names = [.. Enumerable.Range(0, 7).Select(number => string.Create(CultureInfo.InvariantCulture, $"p{number}"))];
        foreach (var name in names)
            (await city.Programme(name).Draft(AdminCity.Author, SampleDrafts.OfNew(ProgrammeId.Parse(name)), true)).Draft.ShouldNotBeNull();
        var seen = new List<string>();
        for (var after = ""; after is not null;)
        {
            var page = await city.Lists.Programmes(AdminCity.Berta, after, 3);
            page.Programmes.Length.ShouldBeLessThanOrEqualTo(3);
            seen.AddRange(page.Programmes.Select(programme => programme.Programme.Value));
            after = page.After;
        }
        seen.ShouldBe([AdminCity.Calm.Value, .. names]);

        var types = new List<string>();
        for (var after = ""; after is not null;)
        {
            var page = await city.Lists.Registrations(RegistrationKind.EventType, AdminCity.Berta, after, 1);
            types.AddRange(page.Registrations.Select(registration => registration.Id));
            after = page.After;
        }
        types.ShouldBe(["payment.paid", "surveillance.camera", "traffic.park", "traffic.trip"]);
    }

    [Fact]
    public async Task A_registration_is_listed_with_its_last_day_and_its_proposal()
    {
        await using var city = await AdminCity.Start();
        var parking = (await city.Lists.Registrations(RegistrationKind.Service, AdminCity.Author, "", 10)).Registrations.Single();
        parking.ShouldBe(new RegistrationSummary(
            RegistrationKind.Service, "parking", RegistrationStatus.Registered, AdminCity.Calm, new DateOnly(2026, 1, 1), null));
        var type = Encoding.UTF8.GetBytes("""
            {"name":"traffic.bike","family":"traffic","origin":"initiated","context":"mobility","description":"A ride.","attributes":[]}
            """);
        var hash = (await city.Registration(RegistrationKind.EventType, "traffic.bike")
            .Propose(AdminCity.Author, new RegistrationChange(RegistrationAction.Register, type))).Proposal.ShouldNotBeNull().Hash;
        var own = await Bike(city, AdminCity.Author);
        (own.Status, own.ExpiresOn, own.Programme).ShouldBe((null, null, null));
        own.Proposal.ShouldBe(new ProposalSummary(RegistrationAction.Register, hash, city.Clock.GetUtcNow(), 1, true, false));
        (await Bike(city, AdminCity.Berta)).Proposal.ShouldBe(own.Proposal! with { IsAuthor = false, MayApprove = true });
        await city.Registration(RegistrationKind.EventType, "traffic.bike").Approve(AdminCity.Berta, hash);
        (await Bike(city, AdminCity.Berta)).ShouldBe(
            new RegistrationSummary(RegistrationKind.EventType, "traffic.bike", RegistrationStatus.Registered, null, null, null));
    }

    private static async Task<DraftSummary> Quiet(AdminCity city, string administrator) =>
        (await city.Lists.Programmes(administrator, "calm", 10)).Programmes.Single().Draft.ShouldNotBeNull();

    private static async Task<RegistrationSummary> Bike(AdminCity city, string administrator) =>
        (await city.Lists.Registrations(RegistrationKind.EventType, administrator, "surveillance.camera", 1)).Registrations.Single();
}
