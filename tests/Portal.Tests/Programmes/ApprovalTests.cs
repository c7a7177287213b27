using System.Net;
using Scoring.City.People;
using Scoring.Client;
using Scoring.Hosting;

namespace Scoring.Programmes;

/// <summary>What stops an approval, and the acts that take two.</summary>
public sealed class ApprovalTests(SharedPortal portal) : PortalTest(portal)
{
    private const string Programme = ProgrammeNames.CleanKitchen;
    private const string Root = "/admin/programmes/" + Programme;
    private const string Send = "main form[method=post] button[type=submit]";

    [Fact]
    public async Task A_draft_that_changed_after_it_was_read_is_not_approved()
    {
        await Portal.PutDraft(Programme, draft => draft["ruleSet"]!["summary"] = "One summary.");
        var visitor = await Visit();
        await visitor.SignIn("administrator-2", Root + "/approval");
        var changed = await Portal.PutDraft(Programme, draft => draft["ruleSet"]!["summary"] = "Another summary.");
        await visitor.Follow(Send);
        (await visitor.Page.Locator(".notice.error a[href='#approval']").CountAsync()).ShouldBe(1);
        (await visitor.Main()).ShouldContain(changed.Hash, Case.Sensitive, "the draft as it is now");
        (await View()).Draft!.Approvals.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_author_is_refused_who_approves_by_hand()
    {
        var draft = await Portal.PutDraft(Programme, draft => draft["ruleSet"]!["summary"] = "A summary of one's own.");
        var author = VisitByHttp();
        await author.SignIn("administrator-1", Root);
        var page = await author.Open(Root + "/approval");
        page.Text.ShouldNotContain("name=\"hash\"");
        var sent = await author.Send(
            Root + "/approval", Portal.Address.OriginalString,
            ("_handler", "approve"), ("__form", page.Field("__form")), ("hash", draft.Hash));
        sent.Status.ShouldBe(HttpStatusCode.OK);
        sent.Text.ShouldContain("You wrote this draft, so you cannot approve it.");
        (await View()).Draft!.Approvals.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_programme_does_not_end_by_one_administrator_and_an_approval_to_end_is_taken_back()
    {
        var visitor = await Visit(new VisitorSettings(HasScript: false));
        await visitor.SignIn("administrator-3", Root + "/end");
        await visitor.Page.Locator("#confirmed").FillAsync("another-name");
        await visitor.Follow(Send);
        (await visitor.Page.Locator(".notice.error a[href='#confirmed']").CountAsync()).ShouldBe(1);
        (await View()).EndApprovals.ShouldBeEmpty();

        await visitor.Page.Locator("#confirmed").FillAsync(Programme);
        await visitor.Follow(Send);
        var view = await View();
        (view.Status, view.EndApprovals.Count).ShouldBe((ProgrammeStatus.Published, 1));
        await visitor.Follow(Send);
        (await View()).EndApprovals.ShouldBeEmpty();
        await visitor.Open(Root + "/end?outcome=not-waiting");
        (await visitor.Page.Locator(".notice.warn").CountAsync()).ShouldBe(1);
    }

    private Task<ProgrammeAdminView> View() => Portal.Administrator(1).Administration.FindProgramme(Programme);
}
