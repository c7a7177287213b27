using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Scoring.Administration;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Inbox;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.SetAside;
using Scoring.Subjects;
using Scoring.Testing;

namespace Scoring.Contests;

/// <summary>A city with one participant, three versions of her programme, and administrators of whom some took part in them.</summary>
internal sealed class ContestCity : IAsyncDisposable
{
    public const string Anna = "anna-pairwise-sub";

    private static readonly DocumentSet Documents = TestProgrammes.Documents with
    {
        Versions =
        [
            .. TestProgrammes.Documents.Versions.Where(version => version.Terms.Id != TestProgrammes.Vehicles),
            Version(1, new(2026, 1, 1)), Version(2, TestCity.Today.AddDays(-5)), Version(3, TestCity.Today.AddDays(20)),
        ],
        Sources = [TestProgrammes.Documents.Sources[0] with { Clients = ["traffic-console"] }],
    };

    private readonly TestCity _city;

    private ContestCity(TestCity city, MemoryProgrammeStore programmes)
    {
        _city = city;
        Programmes = programmes;
    }

    public MemoryProgrammeStore Programmes { get; }

    public MemoryLedger Ledger => _city.Ledger;

    public FakeTimeProvider Clock => _city.Clock;

    public OwnSubject Own { get; } = new(Anna, TestProgrammes.Vehicles, 0);

    public SubjectId Subject => _city.Ledger.OnlySubject;

    public IContestGrain Contests => _city.Grains.GetGrain<IContestGrain>(0);

    public ICaseGrain Cases => _city.Grains.GetGrain<ICaseGrain>(0);

    public ISourceContestGrain SourceContests => _city.Grains.GetGrain<ISourceContestGrain>(0);

    public IEnrolmentGrain Enrolments => _city.Grains.GetGrain<IEnrolmentGrain>(0);

    public static async Task<ContestCity> Start(Dictionary<string, string?>? settings = null)
    {
        var inbox = new ConfigurationBuilder().AddInMemoryCollection(settings ?? []).Build();
        var programmes = new MemoryProgrammeStore(Documents);
        var city = await TestCity.Start(silos: 1, more: services =>
        {
            services.AddSingleton<IContestStore>(provider => (MemoryLedger)provider.GetRequiredService<ILedger>());
            services.AddSingleton<IProgrammeStore>(programmes);
            services.AddScoringContests(new ConfigurationBuilder().Build());
            services.AddSingleton<IGrainStateReader>(new WrittenStates()).AddScoringInbox(inbox);
            services.AddSingleton<ISetAsideStore>(new RecordingSetAsideStore());
        });
        city.Publish(Documents);
        var locators = Enumerable.Range(0, OwnSubject.OrdinalCount)
            .Select(ordinal => TestCity.Keys.Locator(Anna, TestProgrammes.Vehicles, ordinal)).ToArray();
        await city.Ledger.Enrol(
            new NewEnrolment(
                new SubjectId(77), SubjectKind.Vehicle, TestProgrammes.Vehicles, new string('a', 64), city.Clock.GetUtcNow(),
                TestCity.Today, new byte[32], locators, [.. locators.Select(_ => Encoding.UTF8.GetBytes("{}"))], [], 1),
            CancellationToken.None);
        return new ContestCity(city, programmes);
    }

    /// <summary>Appends an event of the participant with these points; returns its turn.</summary>
    public long Event(int points, int daysAgo = 0) => _city.Append(Subject, points, daysAgo);

    public async Task<string> Contest(long turn) =>
        (await Contests.Open(Own, turn, ContestGround.WrongValue)).Contest.ShouldNotBeNull().Case;

    public async Task<long> Score() => (await Enrolments.Score(Own)).ShouldNotBeNull().Score;

    public string[] Kinds() => [.. Ledger.EntriesOf(Subject).Select(entry => entry.Kind.ToString())];

    /// <summary>Returns the contests in an administrator's inbox.</summary>
    public async Task<InboxPage> Inbox(string administrator, params string[] clients)
    {
        var page = await _city.Grains.GetGrain<IInboxGrain>(0).Read(new CaseReviewer(administrator, [.. clients]));
        return page with { Items = [.. page.Items.Where(item => item.Kind == InboxKind.Contest)] };
    }

    public Task<DecisionOutcome> Decide(string reviewer, string caseId, bool upheld = true, params string[] clients) => Cases.Decide(
        new CaseReviewer(reviewer, [.. clients]), caseId, upheld, upheld ? ContestReason.ValueWasWrong : ContestReason.EventCorrect);

    /// <summary>Records the publication of a version.</summary>
    public Task RecordPublication(int number, string author, params string[] approvals) =>
        Record(AdminActions.Published, approvals[^1], new JsonObject
    {
        ["approvals"] = new JsonArray([.. approvals.Select(name => (JsonNode)name)]), ["author"] = author, ["number"] = number,
    });

    /// <summary>Records an act on a source.</summary>
    public Task RecordRegistration(string act, string administrator, string source) =>
        Record(act, administrator, new JsonObject { ["registration"] = $"source/{source}" });

    public Task Record(string act, string administrator, JsonObject details) => ((IProgrammeStore)Programmes).Record(
        new NewAdminAction(
            Guid.NewGuid(), act, act == AdminActions.Published ? TestProgrammes.Vehicles : null, administrator, Clock.GetUtcNow(), null,
            ["Done."], CanonicalJson.Write(details)),
        CancellationToken.None);

    public OverdueContestHandler OverdueService() => _city.Cluster.GetSiloServiceProvider().GetRequiredService<OverdueContestHandler>();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    private static ProgrammeVersion Version(int number, DateOnly firstDay)
    {
        var version = TestProgrammes.Version(
            TestProgrammes.Documents.VersionsOf(TestProgrammes.Vehicles)[0].Terms, number);
        return version with { RuleSet = RuleSetDocument.Hashed(version.RuleSet with { FirstDay = firstDay }) };
    }
}
