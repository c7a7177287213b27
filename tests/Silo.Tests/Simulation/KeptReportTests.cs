using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Scoring.Administration;
using Scoring.Hosting;
using Scoring.Keys;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Storage;

namespace Scoring.Simulation;

/// <summary>A simulation's report outlives the silo that made it, and stays with the version whose approval names it.</summary>
public sealed class KeptReportTests(PostgresServer server) : IDisposable
{
    private static readonly ProgrammeId Programme = Some.Programme;

    private readonly string _folder = Directory.CreateTempSubdirectory("scoring-reports-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_report_survives_a_restart_and_stays_with_the_version_whose_approval_names_it()
    {
        var database = await server.NewDatabase();
        var keys = Path.Combine(_folder, "keys.json");
        PlatformKeyFile.Create(keys);
        var (draft, report) = await With(database, keys, async grains =>
        {
            var admin = grains.GetGrain<IProgrammeAdminGrain>(Programme.Value);
            var written = (await admin.Draft("author", Draft(), false)).Draft.ShouldNotBeNull();
            written.Problems.ShouldBeEmpty();
            var simulation = grains.GetGrain<ISimulationGrain>(Programme.Value);
            (await simulation.Start("author")).Done.ShouldBeTrue();
            return (written.Hash, (await Ended(simulation)).Report.ShouldNotBeNull());
        });

        await With(database, keys, async grains =>
        {
            (await grains.GetGrain<ISimulationGrain>(Programme.Value).Find()).ShouldBeNull("this silo has simulated nothing");
            var kept = (await grains.GetGrain<ISimulationReportGrain>(0).OfDraft(Programme)).ShouldHaveSingleItem();
            (kept.Draft, kept.IsNamed, kept.Hash).ShouldBe((draft, false, SimulationReportDocument.Hash(report)));
            SimulationReportDocument.Write(kept.Report).ShouldBe(SimulationReportDocument.Write(report));
            var approval = grains.GetGrain<IDraftApprovalGrain>(Programme.Value);
            (await approval.ApproveWithReport("second", draft, kept.Hash)).Refusal.ShouldBeNull();
            (await approval.ApproveWithReport("third", draft, kept.Hash)).Done.ShouldBeTrue();
            return true;
        });

        await With(database, keys, async grains =>
        {
            var reports = grains.GetGrain<ISimulationReportGrain>(0);
            (await reports.OfDraft(Programme)).ShouldBeEmpty();
            var hash = SimulationReportDocument.Hash(report);
            (await reports.OfVersion(Programme, hash)).ShouldNotBeNull().Version.ShouldBe(2);
            var acts = (await grains.GetGrain<IRecordGrain>(0).Read(Programme, 0, 100)).ShouldNotBeNull().Acts;
            acts.Single(act => act.Act == AdminActions.Approved).Details.ShouldBe($$"""{"report":"{{hash}}"}""");
            acts.Single(act => act.Act == AdminActions.Simulated).Details.ShouldNotBeNull().ShouldContain(hash);
            return true;
        });
    }

    private static async Task<T> With<T>(string database, string keys, Func<IGrainFactory, Task<T>> work)
    {
        using var silo = SiloHostingTests.Silo(database, keys);
        await silo.StartAsync();
        var result = await work(silo.Services.GetRequiredService<IGrainFactory>());
        await silo.StopAsync();
        return result;
    }

    private static byte[] Draft()
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var next = Versions.Of(2, today.AddDays(20), today.AddDays(200));
        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["programme"] = JsonNode.Parse(ProgrammeDocument.Write(next.Terms)),
            ["ruleSet"] = JsonNode.Parse(RuleSetDocument.Write(next.RuleSet)),
            ["assessment"] = JsonNode.Parse(AssessmentDocument.Write(next.Assessment)),
        }.ToJsonString());
    }

    private static async Task<SimulationView> Ended(ISimulationGrain simulation)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await simulation.Find() is { } view)
        {
            if (view.Status != SimulationStatus.Running) return view;
            await Task.Delay(20, limit.Token);
        }
        throw new InvalidOperationException("There is no simulation.");
    }
}
