using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scoring.Administration;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Subjects;

namespace Scoring.Simulation;

/// <summary>
/// Runs silos with the shipped programme for vehicles, 60 subjects with a calm trip each, and a draft that doubles the points of such a
/// trip.
/// </summary>
internal sealed class SimulatedCity : IAsyncDisposable
{
    public const int Subjects = 60;

    private SimulatedCity(
        TestCity city, HeldSimulationLedger ledger, FakeProgrammeStore record, Drafts drafts, MemorySimulationReports reports)
    {
        Reports = reports;
        City = city;
        Ledger = ledger;
        Record = record;
        Draft = drafts;
    }

    public static ProgrammeId Programme { get; } = ProgrammeId.Parse("safe-driver");

    public static DocumentSet Shipped { get; } = ProgrammeFolder.Load(Path.Combine(AppContext.BaseDirectory, "programmes"), null);

    public TestCity City { get; }

    public HeldSimulationLedger Ledger { get; }

    public FakeProgrammeStore Record { get; }

    public Drafts Draft { get; }

    public MemorySimulationReports Reports { get; }

    public ISimulationGrain Simulation => City.Grains.GetGrain<ISimulationGrain>(Programme.Value);

    public IShadowGrain Shadow => City.Grains.GetGrain<IShadowGrain>(Programme.Value);

    public static async Task<SimulatedCity> Start(Dictionary<string, string?>? settings = null)
    {
        var ledger = new HeldSimulationLedger(new MemoryLedger(partitionCount: 4));
        var record = new FakeProgrammeStore(Shipped);
        var drafts = new Drafts();
        var reports = new MemorySimulationReports();
        for (var number = 1; number <= Subjects; number++)
        {
            await ledger.Enrol(new SubjectId(number), TestCity.Today.AddDays(-100));
            ledger.Append(new SubjectId(number), TestCity.Today.AddDays(-1), CalmTrip());
        }
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings ?? []).Build();
        var city = await TestCity.Start(silos: 2, more: services => services
            .AddSingleton<ISimulationLedger>(ledger).AddSingleton<IProgrammeStore>(record).AddSingleton<ISimulationReportStore>(reports)
            .AddSingleton<IOutgoingGrainCallFilter>(drafts).AddScoringSimulation(configuration));
        return new SimulatedCity(city, ledger, record, drafts, reports);
    }

    /// <summary>The next version, in which a calm trip gives 8 points instead of 4.</summary>
    public static ProgrammeVersion Next(DateOnly firstDay)
    {
        var version = Shipped.VersionsOf(Programme)[^1];
        var rule = version.RuleSet.Rules[0] with { Points = new FixedPoints(8) };
        var set = version.RuleSet with { Number = 2, FirstDay = firstDay, Rules = version.RuleSet.Rules.SetItem(0, rule) };
        return version with
        {
            RuleSet = RuleSetDocument.Hashed(set),
            Assessment = version.Assessment with { ReviewBy = TestCity.Today.AddDays(200) },
        };
    }

    public static byte[] Json(ProgrammeVersion version) =>
    [
        .. "{\"programme\":"u8, .. ProgrammeDocument.Write(version.Terms), .. ",\"ruleSet\":"u8, .. RuleSetDocument.Write(version.RuleSet),
        .. ",\"assessment\":"u8, .. AssessmentDocument.Write(version.Assessment), .. "}"u8,
    ];

    public static byte[] CalmTrip() => Encoding.UTF8.GetBytes(
        """{"data":{"distanceKm":12,"harshBrakings":0,"overLimitKm":0},"source":"urn:city:traffic","type":"traffic.trip"}""");

    /// <summary>Waits until the simulation has ended, at most 30 seconds.</summary>
    public async Task<SimulationView> Ended()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await Simulation.Find() is { } view)
        {
            if (view.Status != SimulationStatus.Running) return view;
            await Task.Delay(5, limit.Token);
        }
        throw new InvalidOperationException("There is no simulation.");
    }

    public ValueTask DisposeAsync() => City.DisposeAsync();

    /// <summary>Answers in place of the programme's admin grain, which has its own tests.</summary>
    internal sealed class Drafts : IOutgoingGrainCallFilter
    {
        public byte[]? Json { get; set; } = SimulatedCity.Json(Next(TestCity.Today.AddDays(20)));

        public ImmutableArray<DraftProblem> Problems { get; set; } = [];

        public Task Invoke(IOutgoingGrainCallContext context)
        {
            if (context.Grain is not IProgrammeAdminGrain) return context.Invoke();
            context.Result = Json is null ? null : new ProgrammeAdminView(
                Programme, ProgrammeStatus.Published,
                new DraftView(Programme, "the-hash", "ada", default, Json, [], Problems, [], false), [], []);
            return Task.CompletedTask;
        }
    }
}
