using Scoring.Hosting;

namespace Scoring.Administration;

/// <summary>An approval of a draft can be taken back until another one publishes it.</summary>
public sealed class DraftTakeBackTests
{
    [Fact]
    public async Task An_approval_that_is_taken_back_does_not_count()
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Calm);
        var hash = await Drafted(city);
        await programme.Approve(AdminCity.Berta, hash);
        var taken = await city.Approvals(AdminCity.Calm).TakeBackApproval(AdminCity.Berta);
        (taken.Done, taken.Refusal, taken.Approvals.Length).ShouldBe((true, null, 0));
        (await programme.Find())!.Draft!.Approvals.ShouldBeEmpty();

        (await programme.Approve(AdminCity.Carla, hash)).Done.ShouldBeFalse();
        city.Store.State.Documents.VersionsOf(AdminCity.Calm).Length.ShouldBe(1);
        (await programme.Approve(AdminCity.Berta, hash)).Done.ShouldBeTrue("who took an approval back may give it again");
    }

    [Fact]
    public async Task Each_approval_and_each_taking_back_is_a_public_action()
    {
        await using var city = await AdminCity.Start();
        var hash = await Drafted(city);
        for (var time = 0; time < 2; time++)
        {
            (await city.Programme(AdminCity.Calm).Approve(AdminCity.Berta, hash)).Refusal.ShouldBeNull();
            (await city.Approvals(AdminCity.Calm).TakeBackApproval(AdminCity.Berta)).Refusal.ShouldBeNull();
        }
        city.Store.Record.Select(act => (act.Act, act.By, act.Hash)).ShouldBe(
        [
            (AdminActions.Drafted, AdminCity.Author, hash),
            (AdminActions.Approved, AdminCity.Berta, hash), (AdminActions.ApprovalTakenBack, AdminCity.Berta, hash),
            (AdminActions.Approved, AdminCity.Berta, hash), (AdminActions.ApprovalTakenBack, AdminCity.Berta, hash),
        ]);
    }

    [Fact]
    public async Task Only_ones_own_approval_that_waits_is_taken_back()
    {
        await using var city = await AdminCity.Start();
        var approvals = city.Approvals(AdminCity.Calm);
        (await approvals.TakeBackApproval(AdminCity.Berta)).Refusal.ShouldBe(AdminRefusal.Unknown, "there is no draft");
        var hash = await Drafted(city);
        (await approvals.TakeBackApproval(AdminCity.Berta)).Refusal.ShouldBe(AdminRefusal.Unknown, "it was not given");
        await city.Programme(AdminCity.Calm).Approve(AdminCity.Berta, hash);
        (await approvals.TakeBackApproval(AdminCity.Carla)).Refusal.ShouldBe(AdminRefusal.Unknown, "it is another's");
        (await approvals.TakeBackApproval(AdminCity.Author)).Refusal.ShouldBe(AdminRefusal.Unknown, "the author gives none");
        (await city.Programme(AdminCity.Calm).Approve(AdminCity.Carla, hash)).Done.ShouldBeTrue();
        (await approvals.TakeBackApproval(AdminCity.Berta)).Refusal.ShouldBe(AdminRefusal.Unknown, "it has taken effect");
        city.Store.ActorsOf(AdminActions.ApprovalTakenBack).ShouldBeEmpty();
    }

    private static async Task<string> Drafted(AdminCity city) =>
        (await city.Programme(AdminCity.Calm).Draft(AdminCity.Author, SampleDrafts.OfCalm(), false)).Draft!.Hash;
}
