using System.Text;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Client;
using Scoring.Hosting;

namespace Scoring.Inbox;

/// <summary>What waits for whom, over HTTP: the author of a draft does not find it in their inbox, and the others do.</summary>
[Collection(typeof(SharedPlatformCollection))]
public sealed class InboxTests(SharedPlatform platform)
{
    private const string Programme = ProgrammeNames.FairPayer;

    [Fact]
    public async Task A_draft_and_a_proposal_wait_for_others_and_the_report_that_the_author_saw_is_named_by_the_approval()
    {
        var author = platform.Administrator(1);
        var other = platform.Administrator(2);
        var draft = await Draft(author);
        draft.Problems.ShouldBeEmpty();
        (await author.Administration.ReadInbox()).Items.ShouldNotContain(item => item.Hash == draft.Hash);
        var item = (await other.Administration.ReadInbox()).Items.Single(item => item.Hash == draft.Hash);
        (item.Kind, item.Task, item.Programme).ShouldBe((Client.InboxKind.Draft, Client.InboxTask.Approve, Programme));

        await author.Administration.StartSimulation(Programme);
        var report = (await Simulated(other)).Reports.ShouldNotBeNull().ShouldHaveSingleItem();
        await other.Administration.ApproveDraft(Programme, new DraftApprovalRequest(draft.Hash, report.Hash));
        (await other.Administration.ReadInbox()).Items.ShouldNotContain(item => item.Hash == draft.Hash, "it is approved");
        var listed = (await other.Administration.ListProgrammes()).Programmes.Single(programme => programme.Programme == Programme);
        listed.Draft.ShouldNotBeNull();
        (listed.Draft.IsAuthor, listed.Draft.HasApproved, listed.Draft.MayApprove, listed.Draft.ApprovalsNeeded).ShouldBe(
            (false, true, false, 1));
        await platform.Administrator(3).Administration.ApproveDraft(Programme, new DraftApprovalRequest(draft.Hash));

        var published = await platform.Session.Api.Programmes.ReadReport(Programme, report.Hash);
        (published.Version, published.Draft).ShouldBe((2, draft.Hash));
    }

    private async Task<DraftView> Draft(ScoringClient author)
    {
        var published = await platform.Session.Platform.Published(Programme, CancellationToken.None);
        return await DraftFile.Put(author, Encoding.UTF8.GetBytes(DraftFile.Next(published, 20)), CancellationToken.None);
    }

    private static async Task<SimulationView> Simulated(ScoringClient administrator)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var view = await administrator.Administration.FindSimulation(Programme, limit.Token);
            if (view.Status == SimulationStatus.Done && view.Reports is { Count: > 0 }) return view;
            view.Status.ShouldNotBe(SimulationStatus.Failed);
        }
    }
}
