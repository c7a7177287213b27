namespace Scoring.Administration;

public sealed class ProgrammeSuspensionTests
{
    [Fact]
    public async Task One_administrator_suspends_and_two_resume()
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Calm);
        (await programme.ApproveResuming(AdminCity.Berta)).Refusal.ShouldBe(AdminRefusal.WrongStatus);
        var suspended = await programme.Suspend(AdminCity.Berta, "Wrong readings.");
        (suspended.Done, suspended.Refusal).ShouldBe((true, null));
        city.Store.State.Suspended.ShouldBe([AdminCity.Calm]);
        (await city.Catalogue()).Find(AdminCity.Calm)!.Suspended.ShouldBeTrue();
        (await programme.Suspend(AdminCity.Carla, "Again.")).Refusal.ShouldBe(AdminRefusal.WrongStatus);

        (await programme.ApproveResuming(AdminCity.Berta)).Done.ShouldBeFalse();
        (await programme.ApproveResuming(AdminCity.Berta)).Refusal.ShouldBe(AdminRefusal.ApprovedAlready);
        var waiting = (await programme.Find())!;
        (waiting.Status, waiting.ResumeApprovals.Length).ShouldBe((ProgrammeStatus.Suspended, 1));
        var resumed = await programme.ApproveResuming(AdminCity.Carla);
        resumed.Done.ShouldBeTrue();
        resumed.Approvals.ShouldBe([AdminCity.Berta, AdminCity.Carla]);
        city.Store.State.Suspended.ShouldBeEmpty();
        (await programme.Find())!.ResumeApprovals.ShouldBeEmpty();
        city.Store.Record.Select(act => (act.Act, act.By)).ShouldBe(
            [(AdminActions.Suspended, AdminCity.Berta), (AdminActions.ResumeApproved, AdminCity.Berta),
                (AdminActions.Resumed, AdminCity.Carla)]);
        city.Store.Record[0].Words.ShouldBe(["Wrong readings."]);
    }

    [Fact]
    public async Task Each_suspension_is_resumed_by_approvals_of_its_own()
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Calm);
        for (var round = 1; round <= 3; round++)
        {
            (await programme.Suspend(AdminCity.Berta, "Wrong readings.")).Done.ShouldBeTrue();
            city.Store.State.Suspended.Count.ShouldBe(1);
            var first = await programme.ApproveResuming(AdminCity.Carla);
            (first.Done, first.Refusal).ShouldBe((false, null));
            (await programme.ApproveResuming(AdminCity.Berta)).Done.ShouldBeTrue();
            city.Store.State.Suspended.ShouldBeEmpty();
        }
        city.Store.ActorsOf(AdminActions.Suspended).Length.ShouldBe(3);
        city.Store.ActorsOf(AdminActions.Resumed).Length.ShouldBe(3);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public async Task A_crash_in_a_suspension_or_a_resumption_ends_in_one_act_each(int write, bool isLanded)
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Calm);
        for (var round = 1; round <= 2; round++)
        {
            city.Storage.FailWrite(write, isLanded);
            await Should.ThrowAsync<Exception>(() => programme.Suspend(AdminCity.Berta, "Wrong readings."));
            (await programme.Suspend(AdminCity.Berta, "Wrong readings.")).Done.ShouldBeTrue();
            (await programme.ApproveResuming(AdminCity.Carla)).Refusal.ShouldBeNull();
            city.Storage.FailWrite(write, isLanded);
            await Should.ThrowAsync<Exception>(() => programme.ApproveResuming(AdminCity.Berta));
            (await programme.ApproveResuming(AdminCity.Berta)).Done.ShouldBeTrue();
            city.Store.State.Suspended.ShouldBeEmpty();
            city.Store.ActorsOf(AdminActions.Suspended).Length.ShouldBe(round);
            city.Store.ActorsOf(AdminActions.Resumed).Length.ShouldBe(round);
        }
    }

    [Fact]
    public async Task A_decided_suspension_takes_effect_with_the_next_call()
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Calm);
        city.Store.Next = (AdminActions.Suspended, MemoryProgrammeStore.Fault.BeforeCommit);
        await Should.ThrowAsync<Exception>(() => programme.Suspend(AdminCity.Berta, "Wrong readings."));
        city.Store.State.Suspended.ShouldBeEmpty();
        (await programme.Find())!.Status.ShouldBe(ProgrammeStatus.Suspended);
        city.Store.ActorsOf(AdminActions.Suspended).ShouldBe([AdminCity.Berta]);
    }

    [Fact]
    public async Task Two_administrators_end_a_programme_permanently()
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Calm);
        var hash = (await programme.Draft(AdminCity.Author, SampleDrafts.OfCalm(), false)).Draft!.Hash;
        (await programme.ApproveEnding(AdminCity.Berta)).Done.ShouldBeFalse();
        (await programme.ApproveEnding(AdminCity.Berta)).Refusal.ShouldBe(AdminRefusal.ApprovedAlready);
        city.Store.State.Ended.ShouldBeEmpty();
        (await programme.ApproveEnding(AdminCity.Carla)).Done.ShouldBeTrue();
        (await programme.ApproveEnding(AdminCity.Carla)).Done.ShouldBeTrue("a repeated call finds its act");
        city.Store.State.Ended.ShouldBe([AdminCity.Calm]);

        (await programme.Find())!.Status.ShouldBe(ProgrammeStatus.Ended);
        (await programme.Suspend(AdminCity.Berta, "A review.")).Refusal.ShouldBe(AdminRefusal.WrongStatus);
        (await programme.ApproveResuming(AdminCity.Berta)).Refusal.ShouldBe(AdminRefusal.WrongStatus);
        (await programme.ApproveEnding(AdminCity.Berta)).Refusal.ShouldBe(AdminRefusal.WrongStatus);
        (await programme.Approve(AdminCity.Berta, hash)).Refusal.ShouldBe(AdminRefusal.Unknown);
        (await programme.Draft(AdminCity.Author, SampleDrafts.OfCalm(), false)).Refusal.ShouldBe(AdminRefusal.WrongStatus);
        city.Store.Record.Select(act => act.Act).ShouldBe([AdminActions.Drafted, AdminActions.EndApproved, AdminActions.Ended]);
    }

    [Fact]
    public async Task Approvals_end_when_the_status_of_the_programme_changes()
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Calm);
        await programme.ApproveEnding(AdminCity.Berta);
        await programme.Suspend(AdminCity.Carla, "Wrong readings.");
        (await programme.ApproveEnding(AdminCity.Carla)).Done.ShouldBeFalse();
        (await programme.ApproveEnding(AdminCity.Berta)).Done.ShouldBeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_approval_to_resume_or_to_end_expires(bool isEnd)
    {
        await using var city = await AdminCity.Start(settings: new() { ["Publication:ApprovalDays"] = "2" });
        var programme = city.Programme(AdminCity.Calm);
        await programme.Suspend(AdminCity.Berta, "Wrong readings.");
        Task<AdminOutcome> Approve(string administrator) =>
            isEnd ? programme.ApproveEnding(administrator) : programme.ApproveResuming(administrator);
        (await Approve(AdminCity.Berta)).Approvals.ShouldBe([AdminCity.Berta]);
        city.Clock.Advance(TimeSpan.FromDays(2));
        var view = (await programme.Find())!;
        (isEnd ? view.EndApprovals : view.ResumeApprovals).ShouldBeEmpty();
        var second = await Approve(AdminCity.Carla);
        (second.Done, second.Refusal).ShouldBe((false, null));
        second.Approvals.ShouldBe([AdminCity.Carla]);
        city.Clock.Advance(TimeSpan.FromDays(2) - TimeSpan.FromSeconds(1));
        (await Approve(AdminCity.Berta)).Done.ShouldBeTrue("an approval holds up to its last second");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_approval_to_resume_or_to_end_is_taken_back_by_its_approver_alone(bool isEnd)
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Calm);
        await programme.Suspend(AdminCity.Berta, "Wrong readings.");
        Task<AdminOutcome> Approve(string administrator) =>
            isEnd ? programme.ApproveEnding(administrator) : programme.ApproveResuming(administrator);
        Task<AdminOutcome> TakeBack(string administrator) =>
            isEnd ? programme.TakeBackEnding(administrator) : programme.TakeBackResuming(administrator);
        (await TakeBack(AdminCity.Berta)).Refusal.ShouldBe(AdminRefusal.Unknown);
        await Approve(AdminCity.Berta);
        (await TakeBack(AdminCity.Carla)).Refusal.ShouldBe(AdminRefusal.Unknown);
        var taken = await TakeBack(AdminCity.Berta);
        (taken.Done, taken.Approvals.Length).ShouldBe((true, 0));
        (await TakeBack(AdminCity.Berta)).Refusal.ShouldBe(AdminRefusal.Unknown);

        (await Approve(AdminCity.Carla)).Done.ShouldBeFalse("the approval that was taken back does not count");
        (await Approve(AdminCity.Berta)).Done.ShouldBeTrue();
        (await TakeBack(AdminCity.Carla)).Refusal.ShouldBe(AdminRefusal.Unknown, "it has taken effect");
        city.Store.ActorsOf(isEnd ? AdminActions.EndApprovalTakenBack : AdminActions.ResumeApprovalTakenBack).ShouldBe([AdminCity.Berta]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("two\nlines")]
    [InlineData(null)]
    public async Task A_suspension_has_a_reason_in_plain_words(string? reason)
    {
        await using var city = await AdminCity.Start();
        var refused = await city.Programme(AdminCity.Calm).Suspend(AdminCity.Berta, reason ?? new string('x', 301));
        (refused.Refusal, refused.Problems.Single().Pointer).ShouldBe((AdminRefusal.Problems, "/reason"));
        city.Store.State.Suspended.ShouldBeEmpty();
        (await city.Programme(AdminCity.Calm).Suspend(AdminCity.Berta, new string('x', 300))).Done.ShouldBeTrue();
    }
}
