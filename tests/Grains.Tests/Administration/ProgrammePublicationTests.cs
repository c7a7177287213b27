using System.Text;
using Scoring.Hosting;
using Scoring.Programmes;

namespace Scoring.Administration;

public sealed class ProgrammePublicationTests
{
    [Fact]
    public async Task A_draft_approved_by_two_others_is_published_and_on_record()
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Quiet);
        var draft = (await programme.Draft(AdminCity.Author, SampleDrafts.OfNew(AdminCity.Quiet), true)).Draft.ShouldNotBeNull();
        draft.Problems.ShouldBeEmpty();
        (draft.Author, draft.At, draft.Programme).ShouldBe((AdminCity.Author, city.Clock.GetUtcNow(), AdminCity.Quiet));
        (await programme.Find())!.Status.ShouldBe(ProgrammeStatus.Drafted);

        var first = await programme.Approve(AdminCity.Berta, draft.Hash);
        (first.Done, first.Refusal).ShouldBe((false, null));
        first.Approvals.ShouldBe([AdminCity.Berta]);
        city.Store.State.Documents.VersionsOf(AdminCity.Quiet).ShouldBeEmpty();
        (await programme.Validate())!.Approvals.ShouldBe([AdminCity.Berta]);

        var second = await programme.Approve(AdminCity.Carla, draft.Hash);
        (second.Done, second.Refusal).ShouldBe((true, null));
        second.Approvals.ShouldBe([AdminCity.Berta, AdminCity.Carla]);
        var version = city.Store.State.Documents.VersionsOf(AdminCity.Quiet).ShouldHaveSingleItem();
        (version.RuleSet.Number, version.RuleSet.FirstDay).ShouldBe((1, TestCity.Today.AddDays(2)));
        var view = (await programme.Find())!;
        (view.Status, view.Draft).ShouldBe((ProgrammeStatus.Published, null));

        city.Store.Record.Select(act => (act.Act, act.By)).ShouldBe(
            [(AdminActions.Drafted, AdminCity.Author), (AdminActions.Approved, AdminCity.Berta),
                (AdminActions.Published, AdminCity.Carla)]);
        city.Store.Record.ShouldAllBe(act => act.Hash == draft.Hash && act.Programme == AdminCity.Quiet && act.Words.Length > 0);
        city.Store.Record[^1].Details.ShouldBe(
            """{"approvals":["berta","carla"],"author":"author","firstDay":"2026-06-17","number":1,"""
            + $"\"ruleSet\":\"{version.RuleSet.Hash}\",\"widens\":false}}");
    }

    [Fact]
    public async Task A_publication_takes_effect_on_this_silo_immediately()
    {
        await using var city = await AdminCity.Start();
        var hash = await Drafted(city, SampleDrafts.OfCalm());
        await city.Programme(AdminCity.Calm).Approve(AdminCity.Berta, hash);
        (await city.Catalogue()).Find(AdminCity.Calm)!.Versions.Length.ShouldBe(1);
        (await city.Programme(AdminCity.Calm).Approve(AdminCity.Carla, hash)).Done.ShouldBeTrue();
        (await city.Catalogue()).Find(AdminCity.Calm)!.Versions.Length.ShouldBe(2);

        (await city.Programme(AdminCity.Calm).Suspend(AdminCity.Berta, "A review.")).Done.ShouldBeTrue();
        (await city.Catalogue()).Find(AdminCity.Calm)!.Suspended.ShouldBeTrue();
    }

    [Fact]
    public async Task Neither_the_author_nor_the_same_administrator_twice_approves()
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Calm);
        var hash = await Drafted(city, SampleDrafts.OfCalm());
        (await programme.Approve(AdminCity.Author, hash)).Refusal.ShouldBe(AdminRefusal.IsAuthor);
        (await programme.Approve(AdminCity.Berta, hash)).Refusal.ShouldBeNull();
        (await programme.Approve(AdminCity.Berta, hash)).Refusal.ShouldBe(AdminRefusal.ApprovedAlready);
        (await programme.Approve(AdminCity.Author, hash)).Refusal.ShouldBe(AdminRefusal.IsAuthor);
        city.Store.State.Documents.VersionsOf(AdminCity.Calm).Length.ShouldBe(1);
        city.Store.ActorsOf(AdminActions.Approved).ShouldBe([AdminCity.Berta]);
    }

    [Fact]
    public async Task An_approval_names_the_draft_under_way()
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Calm);
        var stale = await Drafted(city, SampleDrafts.OfCalm());
        var hash = await Drafted(city, SampleDrafts.OfCalm(16));
        hash.ShouldNotBe(stale);
        (await programme.Approve(AdminCity.Berta, stale)).Refusal.ShouldBe(AdminRefusal.HashDiffers);
        (await programme.Approve(AdminCity.Berta, hash)).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task Approvals_end_with_their_draft_even_when_the_same_draft_returns()
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Calm);
        var hash = await Drafted(city, SampleDrafts.OfCalm());
        await programme.Approve(AdminCity.Berta, hash);
        await Drafted(city, SampleDrafts.OfCalm(16));
        (await Drafted(city, SampleDrafts.OfCalm())).ShouldBe(hash);
        (await programme.Validate())!.Approvals.ShouldBeEmpty();
        (await programme.Approve(AdminCity.Carla, hash)).Done.ShouldBeFalse();
        (await programme.Approve(AdminCity.Berta, hash)).Done.ShouldBeTrue();
        city.Store.ActorsOf(AdminActions.Approved).ShouldBe([AdminCity.Berta, AdminCity.Carla]);
        city.Store.ActorsOf(AdminActions.Drafted).Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_draft_with_problems_is_kept_and_not_approved()
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Calm);
        var outcome = await programme.Draft(AdminCity.Author, SampleDrafts.OfCalm(change: draft => draft["ruleSet"]!["number"] = 3), false);
        var problem = outcome.Draft!.Problems.ShouldHaveSingleItem();
        problem.Pointer.ShouldBe("/ruleSet/number");
        var refused = await programme.Approve(AdminCity.Berta, outcome.Draft.Hash);
        (refused.Done, refused.Refusal).ShouldBe((false, AdminRefusal.Problems));
        refused.Problems.ShouldBe([problem]);
        city.Store.ActorsOf(AdminActions.Approved).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_second_approval_checks_the_draft_again_on_its_own_day()
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Calm);
        var hash = await Drafted(city, SampleDrafts.OfCalm(14));
        (await programme.Approve(AdminCity.Berta, hash)).Refusal.ShouldBeNull();
        city.Clock.Advance(TimeSpan.FromDays(1));
        var late = await programme.Approve(AdminCity.Carla, hash);
        (late.Done, late.Refusal).ShouldBe((false, AdminRefusal.Problems));
        late.Problems.ShouldHaveSingleItem().Pointer.ShouldBe("/ruleSet/firstDay");
        city.Store.State.Documents.VersionsOf(AdminCity.Calm).Length.ShouldBe(1);
    }

    [Fact]
    public async Task The_second_approval_checks_the_draft_again_against_what_is_published()
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Calm);
        var hash = await Drafted(city, SampleDrafts.OfCalm());
        await programme.Approve(AdminCity.Berta, hash);
        var first = city.Store.State.Documents.VersionsOf(AdminCity.Calm)[0];
        await city.Store.Publish(
            first with { RuleSet = first.RuleSet with { Number = 2, FirstDay = first.RuleSet.FirstDay.AddDays(1) } },
            new NewAdminAction(Guid.NewGuid(), AdminActions.Published, AdminCity.Calm, "platform", city.Clock.GetUtcNow(), null, [], null),
            default);
        (await programme.Approve(AdminCity.Carla, hash)).Refusal.ShouldBe(AdminRefusal.Problems);
        city.Store.State.Documents.VersionsOf(AdminCity.Calm).Length.ShouldBe(2);
    }

    [Fact]
    public async Task The_notice_period_is_an_option()
    {
        await using var city = await AdminCity.Start(settings: new() { ["Publication:NoticeDays"] = "3" });
        (await city.Programme(AdminCity.Calm).Draft(AdminCity.Author, SampleDrafts.OfCalm(3), false)).Draft!.Problems.ShouldBeEmpty();
        (await city.Programme(AdminCity.Calm).Draft(AdminCity.Author, SampleDrafts.OfCalm(2), false)).Draft!.Problems.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_name_is_taken_once_and_a_text_is_an_object()
    {
        await using var city = await AdminCity.Start(settings: new() { ["Publication:DraftBytesMax"] = "4096" });
        var calm = SampleDrafts.OfCalm();
        var quiet = SampleDrafts.OfNew(AdminCity.Quiet);
        (await city.Programme(AdminCity.Calm).Draft(AdminCity.Author, calm, true)).Refusal.ShouldBe(AdminRefusal.NameTaken);
        (await city.Programme(AdminCity.Quiet).Draft(AdminCity.Author, quiet, false)).Refusal.ShouldBe(AdminRefusal.Unknown);
        (await city.Programme(AdminCity.Quiet).Draft(AdminCity.Author, quiet, true)).Refusal.ShouldBeNull();
        (await city.Programme(AdminCity.Quiet).Draft(AdminCity.Author, quiet, true)).Refusal.ShouldBe(AdminRefusal.NameTaken);
        (await city.Programme(AdminCity.Quiet).Draft(AdminCity.Author, quiet, false)).Refusal.ShouldBeNull();
        foreach (var text in (string[])["", "{", "[]", "\"quiet\"", $$"""{"a":"{{new string('a', 4096)}}"}"""])
        {
            (await city.Programme(AdminCity.Quiet).Draft(AdminCity.Author, Encoding.UTF8.GetBytes(text), false)).Refusal
                .ShouldBe(AdminRefusal.NotReadable);
        }
    }

    [Theory]
    [InlineData("Not-A-Name")]
    [InlineData("never-drafted")]
    public async Task An_unknown_programme_is_refused(string name)
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(name);
        (await programme.Find()).ShouldBeNull();
        (await programme.Validate()).ShouldBeNull();
        (await programme.Approve(AdminCity.Berta, new string('0', 64))).Refusal.ShouldBe(AdminRefusal.Unknown);
        (await programme.Suspend(AdminCity.Berta, "A review.")).Refusal.ShouldBe(AdminRefusal.Unknown);
        (await programme.ApproveResuming(AdminCity.Berta)).Refusal.ShouldBe(AdminRefusal.Unknown);
        (await programme.ApproveEnding(AdminCity.Berta)).Refusal.ShouldBe(AdminRefusal.Unknown);
        city.Store.Record.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_malformed_programme_name_is_never_drafted()
    {
        await using var city = await AdminCity.Start();
        (await city.Programme("Not-A-Name").Draft(AdminCity.Author, SampleDrafts.OfNew(AdminCity.Quiet), true)).Refusal
            .ShouldBe(AdminRefusal.Unknown);
        city.Store.Record.ShouldBeEmpty();
    }

    private static async Task<string> Drafted(AdminCity city, byte[] draft)
    {
        var view = (await city.Programme(AdminCity.Calm).Draft(AdminCity.Author, draft, false)).Draft.ShouldNotBeNull();
        view.Problems.ShouldBeEmpty();
        return view.Hash;
    }
}
