using System.Text.Json;
using Scoring.Hosting;
using Scoring.Simulation;

namespace Scoring.Administration;

/// <summary>Approvals that name the simulation report that was seen.</summary>
public sealed class SeenReportTests
{
    private static readonly KeptReport Report = new(
        new string('1', 64), "", new DateTimeOffset(2026, 6, 14, 12, 0, 0, TimeSpan.Zero), false,
        new SimulationReport([1, 2], TestCity.Today, 0, 0, [], [], [], [], [], [], []));

    [Fact]
    public async Task An_approval_names_the_report_and_the_publication_keeps_it()
    {
        await using var city = await AdminCity.Start();
        var hash = await Drafted(city);
        await city.Reports.Add(AdminCity.Calm, Report with { Draft = hash }, 5, CancellationToken.None);
        await city.Reports.Add(AdminCity.Calm, Report with { Draft = hash, Hash = new string('2', 64) }, 5, CancellationToken.None);
        (await Approve(city, AdminCity.Berta, hash, Report.Hash)).Refusal.ShouldBeNull();
        Details(city, AdminActions.Approved).GetRawText().ShouldBe($$"""{"report":"{{Report.Hash}}"}""");
        (await city.Reports.OfDraft(AdminCity.Calm, hash, CancellationToken.None)).Count(report => report.IsNamed).ShouldBe(1);

        (await city.Programme(AdminCity.Calm).Approve(AdminCity.Carla, hash)).Done.ShouldBeTrue("a client that names no report goes on");
        Details(city, AdminActions.Published).GetProperty("reports").EnumerateArray().Single().GetString().ShouldBe(Report.Hash);
        var kept = (await Reports(city).OfVersion(AdminCity.Calm, Report.Hash)).ShouldNotBeNull();
        (kept.Version, kept.Draft).ShouldBe((2, hash));
        kept.Report.Positions.ShouldBe([0, 0], "the public sees positions in steps of 256");
        (await Reports(city).OfDraft(AdminCity.Calm)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_report_that_is_not_kept_for_the_draft_is_refused_and_approves_nothing()
    {
        await using var city = await AdminCity.Start();
        var hash = await Drafted(city);
        await city.Reports.Add(AdminCity.Calm, Report with { Draft = new string('9', 64) }, 5, CancellationToken.None);
        (await Approve(city, AdminCity.Berta, hash, Report.Hash)).Refusal.ShouldBe(AdminRefusal.ReportUnknown);
        (await Approve(city, AdminCity.Author, hash, Report.Hash)).Refusal.ShouldBe(AdminRefusal.IsAuthor);
        city.Store.ActorsOf(AdminActions.Approved).ShouldBeEmpty();
        (await city.Programme(AdminCity.Calm).Approve(AdminCity.Berta, hash)).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task A_replaced_draft_takes_its_reports_with_it()
    {
        await using var city = await AdminCity.Start();
        var hash = await Drafted(city);
        await city.Reports.Add(AdminCity.Calm, Report with { Draft = hash }, 5, CancellationToken.None);
        (await Reports(city).OfDraft(AdminCity.Calm)).Length.ShouldBe(1);
        await Drafted(city, daysAhead: 16);
        (await city.Reports.OfDraft(AdminCity.Calm, hash, CancellationToken.None)).ShouldBeEmpty();
        (await Reports(city).OfDraft(AdminCity.Calm)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(MemoryProgrammeStore.Fault.AfterCommit)]
    [InlineData(MemoryProgrammeStore.Fault.BeforeCommit)]
    public async Task A_publication_that_was_interrupted_keeps_the_named_report(MemoryProgrammeStore.Fault fault)
    {
        await using var city = await AdminCity.Start();
        var hash = await Drafted(city);
        await city.Reports.Add(AdminCity.Calm, Report with { Draft = hash }, 5, CancellationToken.None);
        await Approve(city, AdminCity.Berta, hash, Report.Hash);
        city.Store.Next = (AdminActions.Published, fault);
        await Should.ThrowAsync<TimeoutException>(city.Programme(AdminCity.Calm).Approve(AdminCity.Carla, hash));
        (await city.Programme(AdminCity.Calm).Approve(AdminCity.Carla, hash)).Done.ShouldBeTrue();
        (await Reports(city).OfVersion(AdminCity.Calm, Report.Hash)).ShouldNotBeNull().Version.ShouldBe(2);
    }

    private static ISimulationReportGrain Reports(AdminCity city) => city.Grains.GetGrain<ISimulationReportGrain>(0);

    private static Task<AdminOutcome> Approve(AdminCity city, string administrator, string hash, string report) =>
        city.Grains.GetGrain<IDraftApprovalGrain>(AdminCity.Calm.Value).ApproveWithReport(administrator, hash, report);

    private static JsonElement Details(AdminCity city, string act) =>
        JsonElement.Parse(city.Store.Record.Single(recorded => recorded.Act == act).Details!);

    private static async Task<string> Drafted(AdminCity city, int daysAhead = 15) =>
        (await city.Programme(AdminCity.Calm).Draft(AdminCity.Author, SampleDrafts.OfCalm(daysAhead), false)).Draft.ShouldNotBeNull().Hash;
}
