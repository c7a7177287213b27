using Scoring.Administration;
using Scoring.Programmes;

namespace Scoring.Simulation;

/// <summary>The contract that every store of simulation reports keeps.</summary>
public abstract class SimulationReportContract : IAsyncLifetime
{
    private static readonly ProgrammeId Programme = ProgrammeId.Parse("safe-driver");
    private static readonly ProgrammeId Other = ProgrammeId.Parse("clean-kitchen");
    private static readonly string Draft = new('d', 64);
    private static readonly string Next = new('e', 64);

    private ISimulationReportStore _reports = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _reports = await NewStore();

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_report_comes_back_as_it_was_kept()
    {
        var kept = Report(300);
        await Add(kept);
        var found = (await OfDraft()).ShouldHaveSingleItem();
        (found.Hash, found.Draft, found.At, found.IsNamed).ShouldBe((kept.Hash, Draft, kept.At, false));
        SimulationReportDocument.Write(found.Report).ShouldBe(SimulationReportDocument.Write(kept.Report), "with exact positions");
        (await _reports.OfDraft(Programme, Next, Cancel)).ShouldBeEmpty();
        (await _reports.OfDraft(Other, Draft, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_the_newest_reports_of_a_draft_are_kept_and_those_that_an_approval_names()
    {
        var all = Enumerable.Range(1, 6).Select(number => Report(number * 256)).ToArray();
        await Add(all[0]);
        (await _reports.Name(Programme, Draft, all[0].Hash, Cancel)).ShouldBeTrue();
        foreach (var report in all[1..]) await Add(report, keptMax: 2);
        (await OfDraft()).Select(report => report.Hash).ShouldBe([all[5].Hash, all[4].Hash, all[0].Hash]);
        await Add(all[5], keptMax: 2);
        (await OfDraft()).Count.ShouldBe(3, "the same report is kept once");
    }

    [Fact]
    public async Task A_report_is_named_only_for_its_own_draft()
    {
        var kept = Report(1);
        await Add(kept);
        (await _reports.Name(Programme, Next, kept.Hash, Cancel)).ShouldBeFalse();
        (await _reports.Name(Other, Draft, kept.Hash, Cancel)).ShouldBeFalse();
        (await _reports.Name(Programme, Draft, new string('0', 64), Cancel)).ShouldBeFalse();
        (await OfDraft()).Single().IsNamed.ShouldBeFalse();
        (await _reports.Name(Programme, Draft, kept.Hash, Cancel)).ShouldBeTrue();
        (await _reports.Name(Programme, Draft, kept.Hash, Cancel)).ShouldBeTrue("another approval may name it too");
        (await OfDraft()).Single().IsNamed.ShouldBeTrue();
    }

    [Fact]
    public async Task Reports_go_with_their_draft_and_the_same_text_keeps_them_without_approvals()
    {
        var kept = Report(1);
        await Add(kept);
        await _reports.Add(Other, Report(2), 5, Cancel);
        await _reports.Name(Programme, Draft, kept.Hash, Cancel);
        await _reports.Forget(Programme, Draft, Cancel);
        (await OfDraft()).Single().IsNamed.ShouldBeFalse();
        await _reports.Forget(Programme, Next, Cancel);
        (await OfDraft()).ShouldBeEmpty();
        (await _reports.OfDraft(Other, Draft, Cancel)).Count.ShouldBe(1);
        await _reports.Forget(Other, null, Cancel);
        (await _reports.OfDraft(Other, Draft, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_publication_keeps_the_named_reports_with_the_version()
    {
        var named = Report(256);
        var seen = Report(512);
        await Add(named);
        await Add(seen);
        await _reports.Name(Programme, Draft, named.Hash, Cancel);
        (await _reports.OfVersion(Programme, named.Hash, Cancel)).ShouldBeNull("not before the publication");
        for (var i = 0; i < 2; i++) await _reports.Publish(Programme, Draft, 3, Cancel);
        (await OfDraft()).ShouldBeEmpty();
        var found = (await _reports.OfVersion(Programme, named.Hash, Cancel)).ShouldNotBeNull();
        (found.Version, found.Draft, found.Hash, found.At).ShouldBe((3, Draft, named.Hash, named.At));
        SimulationReportDocument.Hash(found.Report).ShouldBe(named.Hash);
        (await _reports.OfVersion(Programme, seen.Hash, Cancel)).ShouldBeNull();
        (await _reports.OfVersion(Other, named.Hash, Cancel)).ShouldBeNull();
        await _reports.Forget(Programme, null, Cancel);
        (await _reports.OfVersion(Programme, named.Hash, Cancel)).ShouldNotBeNull("a later draft takes nothing from a version");
    }

    protected abstract Task<ISimulationReportStore> NewStore();

    /// <summary>A report at a position of the first partition.</summary>
    private static KeptReport Report(long position)
    {
        var report = new SimulationReport(
            [position, 0], new DateOnly(2026, 6, 15), 40, 61, [new Band(0, 9, 40)], [new Band(0, 9, 20), new Band(10, 19, 20)],
            [new Band(-3, 0, 40)], [new Crossing("baseline", "calm", 20), new Crossing(null, null, 20)],
            [new Group(0, 29, 40, null, 20, -1500)], [], [new WorkedExample("One trip a week, “calm”.", 4, -8)]);
        return new KeptReport(
            SimulationReportDocument.Hash(report), Draft, new DateTimeOffset(2026, 6, 15, 12, 0, 0, TimeSpan.Zero), false, report);
    }

    private Task Add(KeptReport report, int keptMax = 5) => _reports.Add(Programme, report, keptMax, Cancel);

    private Task<IReadOnlyList<KeptReport>> OfDraft() => _reports.OfDraft(Programme, Draft, Cancel);
}
