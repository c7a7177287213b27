namespace Scoring.Administration;

public sealed class PublicationCrashTests
{
    public enum Crash
    {
        BeforeTheDecisionIsKept,
        AsTheDecisionIsKept,
        BeforeTheCommit,
        AfterTheCommit,
        BeforeTheDraftIsCleared,
        AsTheDraftIsCleared,
    }

    [Theory]
    [InlineData(Crash.BeforeTheDecisionIsKept)]
    [InlineData(Crash.AsTheDecisionIsKept)]
    [InlineData(Crash.BeforeTheCommit)]
    [InlineData(Crash.AfterTheCommit)]
    [InlineData(Crash.BeforeTheDraftIsCleared)]
    [InlineData(Crash.AsTheDraftIsCleared)]
    public async Task A_crash_anywhere_in_a_publication_ends_in_one_version_and_one_act(Crash crash)
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Calm);
        var hash = await DraftedAndApproved(city);
        Break(city, crash);
        await Should.ThrowAsync<Exception>(() => programme.Approve(AdminCity.Carla, hash));

        var repeated = await programme.Approve(AdminCity.Carla, hash);
        (repeated.Done, repeated.Refusal).ShouldBe((true, null));
        repeated.Approvals.ShouldBe([AdminCity.Berta, AdminCity.Carla]);
        (await programme.Approve(AdminCity.Carla, hash)).Done.ShouldBeTrue();
        city.Store.State.Documents.VersionsOf(AdminCity.Calm).Length.ShouldBe(2);
        city.Store.ActorsOf(AdminActions.Published).ShouldBe([AdminCity.Carla]);
        (await programme.Find())!.Draft.ShouldBeNull();
    }

    [Fact]
    public async Task A_commit_that_comes_late_is_found_by_the_key_of_its_content()
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Calm);
        var hash = await DraftedAndApproved(city);
        city.Store.Next = (AdminActions.Published, MemoryProgrammeStore.Fault.LateCommit);
        await Should.ThrowAsync<Exception>(() => programme.Approve(AdminCity.Carla, hash));
        (await programme.Approve(AdminCity.Carla, hash)).Done.ShouldBeTrue();
        city.Store.State.Documents.VersionsOf(AdminCity.Calm).Length.ShouldBe(2);
        city.Store.ActorsOf(AdminActions.Published).ShouldBe([AdminCity.Carla]);
    }

    [Theory]
    [InlineData(Crash.AfterTheCommit)]
    [InlineData(Crash.BeforeTheDraftIsCleared)]
    public async Task A_committed_publication_is_finished_without_a_repeated_call(Crash crash)
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Calm);
        var hash = await DraftedAndApproved(city);
        Break(city, crash);
        await Should.ThrowAsync<Exception>(() => programme.Approve(AdminCity.Carla, hash));
        (await programme.Find())!.Draft.ShouldBeNull();
        (await programme.Approve("dora", hash)).Refusal.ShouldBe(AdminRefusal.Unknown);
    }

    [Fact]
    public async Task An_uncommitted_publication_is_not_published_by_another_call()
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Calm);
        var hash = await DraftedAndApproved(city);
        Break(city, Crash.BeforeTheCommit);
        await Should.ThrowAsync<Exception>(() => programme.Approve(AdminCity.Carla, hash));
        city.Clock.Advance(TimeSpan.FromDays(30));
        (await programme.Find())!.Draft!.Approvals.ShouldBe([AdminCity.Berta]);
        (await programme.Approve(AdminCity.Carla, hash)).Refusal.ShouldBe(AdminRefusal.Problems);
        city.Store.State.Documents.VersionsOf(AdminCity.Calm).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_crash_as_a_first_approval_is_kept_ends_in_one_approval_and_one_act(bool isLanded)
    {
        await using var city = await AdminCity.Start();
        var programme = city.Programme(AdminCity.Calm);
        var hash = (await programme.Draft(AdminCity.Author, SampleDrafts.OfCalm(), false)).Draft!.Hash;
        city.Storage.FailWrite(1, isLanded);
        await Should.ThrowAsync<Exception>(() => programme.Approve(AdminCity.Berta, hash));
        (await programme.Approve(AdminCity.Berta, hash)).Refusal.ShouldBe(isLanded ? AdminRefusal.ApprovedAlready : null);
        (await programme.Validate())!.Approvals.ShouldBe([AdminCity.Berta]);
        city.Store.ActorsOf(AdminActions.Approved).ShouldBe([AdminCity.Berta]);
    }

    [Fact]
    public async Task Concurrent_second_approvals_publish_once()
    {
        await using var city = await AdminCity.Start(silos: 2);
        var hash = await DraftedAndApproved(city);
        var outcomes = await Task.WhenAll(((string[])["carla", "dora", "emma", "frida"]).Select(
            administrator => city.Programme(AdminCity.Calm).Approve(administrator, hash)));
        outcomes.Count(outcome => outcome.Done).ShouldBe(1);
        outcomes.Count(outcome => outcome.Refusal == AdminRefusal.Unknown).ShouldBe(3);
        city.Store.State.Documents.VersionsOf(AdminCity.Calm).Length.ShouldBe(2);
        city.Store.ActorsOf(AdminActions.Published).Length.ShouldBe(1);
    }

    private static async Task<string> DraftedAndApproved(AdminCity city)
    {
        var programme = city.Programme(AdminCity.Calm);
        var hash = (await programme.Draft(AdminCity.Author, SampleDrafts.OfCalm(), false)).Draft!.Hash;
        (await programme.Approve(AdminCity.Berta, hash)).Refusal.ShouldBeNull();
        return hash;
    }

    /// <summary>Sets the fault. A publication writes its decision to the state, commits to the store and clears the draft in the
    /// state.</summary>
    private static void Break(AdminCity city, Crash crash)
    {
        if (crash == Crash.BeforeTheCommit) city.Store.Next = (AdminActions.Published, MemoryProgrammeStore.Fault.BeforeCommit);
        else if (crash == Crash.AfterTheCommit) city.Store.Next = (AdminActions.Published, MemoryProgrammeStore.Fault.AfterCommit);
        else
        {
            city.Storage.FailWrite(
                crash is Crash.BeforeTheDecisionIsKept or Crash.AsTheDecisionIsKept ? 1 : 2,
                isLanded: crash is Crash.AsTheDecisionIsKept or Crash.AsTheDraftIsCleared);
        }
    }
}
