using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Subjects;
using Scoring.Testing;

namespace Scoring.Recomputing;

public sealed class RecomputationServiceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Live_folds_equal_the_ledger_under_load_with_snapshots_expiry_and_deactivation()
    {
        await using var city = await Start(2, ("Subjects:SnapshotEntries", "5"), ("Subjects:PageEntries", "7"));
        var subjects = Enumerable.Range(1, 8).Select(n => city.Ledger.Add(n, SubjectKind.Vehicle, TestProgrammes.Vehicles)).ToArray();
        city.Ledger.IsExpired = turn => turn is 3 or 4; // their days are past every window
        var compared = 0;
        var mismatches = 0;
        var running = Task.WhenAll(subjects.Select(subject => Task.Run(() => AppendAndQuery(city, subject))));
        while (!running.IsCompleted) await SampleAll();
        await running;
        city.Ledger.SnapshotsWritten.ShouldBeGreaterThan(20);
        for (var i = 0; i < 10; i++) await SampleAll();
        mismatches.ShouldBe(0);
        compared.ShouldBeGreaterThan(100);

        async Task SampleAll()
        {
            foreach (var silo in city.Cluster.Silos)
            {
                var (more, differ) = await Service(city.Cluster.GetSiloServiceProvider(silo.SiloAddress)).Sample(Cancel);
                compared += more;
                mismatches += differ;
            }
        }
    }

    [Fact]
    public async Task A_wrong_fold_is_counted_and_logged_each_time_and_left_unchanged()
    {
        await using var city = await Start(1);
        var subject = await Activated(city);
        var log = new LogLines();
        var service = Service(city.Cluster.GetSiloServiceProvider(), log);
        using var counters = new RecomputationCounters();
        (await service.Sample(Cancel)).ShouldBe((1, 0));
        log.ShouldBeEmpty();

        Corrupt(city, subject);
        var wrong = (await city.Score(subject))!.Score;
        wrong.ShouldBe(city.Expected(subject) + 5);
        for (var time = 1; time <= 3; time++)
        {
            (await service.Sample(Cancel)).ShouldBe((1, 1));
            counters.Mismatches.ShouldBeGreaterThanOrEqualTo(time);
        }
        counters.Checked.ShouldBeGreaterThanOrEqualTo(4);
        log.ShouldBe([.. Enumerable.Repeat(
            "Error: Programme safe-driver: a live fold differs from the fold of the ledger; it is not repaired", 3)]);
        city.Append(subject);
        (await city.Score(subject))!.Score.ShouldBe(wrong + 7, "the live fold was not repaired");
        (await service.Sample(Cancel)).ShouldBe((1, 1));
        // A new activation folds the ledger again.
        await city.Cluster.DeactivateAsync(city.Grains.GetGrain<IVehicleGrain>(1).GetGrainId());
        (await service.Sample(Cancel)).ShouldBe((0, 0));
        (await city.Score(subject))!.Score.ShouldBe(city.Expected(subject));
        (await service.Sample(Cancel)).ShouldBe((1, 0));
    }

    [Fact]
    public async Task A_fold_ahead_of_its_ledger_is_a_mismatch()
    {
        await using var city = await Start(1);
        var subject = await Activated(city);
        State(city, subject).PassOver(1000);
        (await Service(city.Cluster.GetSiloServiceProvider()).Sample(Cancel)).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_withdrawal_during_the_recomputation_is_no_mismatch()
    {
        await using var city = await Start(1, ("Subjects:PageEntries", "3"));
        var subject = await Activated(city);
        var service = Service(city.Cluster.GetSiloServiceProvider());
        var pages = 0;
        city.Ledger.BeforeRead = _ =>
        {
            if (++pages == 2) city.Ledger.Erase(subject);
            return Task.CompletedTask;
        };
        (await service.Sample(Cancel)).ShouldBe((0, 0));
        pages.ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task Rules_that_change_during_the_recomputation_are_no_mismatch()
    {
        await using var city = await Start(1, ("Subjects:PageEntries", "3"));
        var subject = await Activated(city);
        var service = Service(city.Cluster.GetSiloServiceProvider());
        var documents = TestProgrammes.Documents;
        var other = documents with
        {
            Versions =
            [
                .. documents.Versions.Select(version =>
                {
                    var rule = version.RuleSet.Rules[0];
                    var points = new PointsByValue("good", [new PointsRow("false", -30), new PointsRow("true", 70)]);
                    var set = version.RuleSet with { Rules = [rule with { Points = points }] };
                    return version with { RuleSet = RuleSetDocument.Hashed(set) };
                }),
            ],
        };
        var pages = 0;
        city.Ledger.BeforeRead = _ =>
        {
            if (++pages == 2) city.Publish(other);
            return Task.CompletedTask;
        };
        (await service.Sample(Cancel)).ShouldBe((1, 0), "both folds use the earlier rules");
        (await service.Sample(Cancel)).ShouldBe((0, 0), "a fold under earlier rules is not compared");
        (await city.Score(subject, AppendQuery(city, subject)))!.Score
            .ShouldBe(TestProgrammes.Floor + (city.Expected(subject) - TestProgrammes.Floor) * 10);
        (await service.Sample(Cancel)).ShouldBe((1, 0));
    }

    [Fact]
    public async Task A_ledger_that_is_replaced_during_the_recomputation_is_no_mismatch()
    {
        await using var city = await Start(1, ("Subjects:PageEntries", "3"));
        await Activated(city);
        var services = city.Cluster.GetSiloServiceProvider();
        city.Ledger.BeforeRead = _ =>
        {
            services.GetRequiredService<LedgerIncarnation>().Advance();
            return Task.CompletedTask;
        };
        (await Service(services).Sample(Cancel)).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_copy_waits_for_no_request_and_keeps_no_subject_active()
    {
        await using var city = await Start(1);
        var subject = await Activated(city);
        var folds = city.Cluster.GetSiloServiceProvider().GetRequiredService<ActiveFolds>();
        var reading = new TaskCompletionSource();
        var resume = new TaskCompletionSource();
        city.Ledger.BeforeRead = _ =>
        {
            reading.TrySetResult();
            return resume.Task;
        };
        city.Append(subject);
        var scoring = city.Score(subject, AppendQuery(city, subject));
        await reading.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        var copy = await folds.Draw(new Random(1))!.Copy().WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        copy!.Subject.ShouldBe(subject);
        copy.ToString().ShouldNotContain(subject.ToString());
        scoring.IsCompleted.ShouldBeFalse();
        resume.SetResult();
        await scoring;
        await city.Cluster.DeactivateAsync(city.Grains.GetGrain<IVehicleGrain>(1).GetGrainId());
        folds.Draw(new Random(1)).ShouldBeNull();
    }

    /// <summary>Appends events of many days, contests and corrections, queries the subject, and deactivates it now and then.</summary>
    private static async Task AppendAndQuery(TestCity city, SubjectId subject)
    {
        var random = new Random((int)subject.Value);
        for (var n = 0; n < 4; n++) city.Append(subject, daysAgo: 800 + n);
        for (var i = 0; i < 300; i++)
        {
            var events = city.Ledger.EntriesOf(subject).Where(entry => entry.Kind == EntryKind.Event).ToArray();
            var target = events[random.Next(events.Length)];
            switch (random.Next(8))
            {
                case 0:
                    city.Ledger.Append(subject, EntryKind.Corrected, TestCity.Today, AboutEvent(target, "reason"));
                    break;
                case 1:
                    city.Ledger.Append(subject, EntryKind.ContestOpened, TestCity.Today, AboutEvent(target, "ground"));
                    break;
                case 2:
                    city.Ledger.Append(subject, EntryKind.ContestDecided, TestCity.Today, CanonicalJson.Write(
                        new JsonObject { ["by"] = "administrator", ["reason"] = "x", ["turn"] = target.Turn, ["upheld"] = false }));
                    break;
                default:
                    city.Append(subject, random.Next(3) == 0 ? -3 : 7, daysAgo: random.Next(0, 400));
                    break;
            }
            if (i % 3 == 0) await city.Score(subject, AppendQuery(city, subject));
            if (i % 50 == 49) await city.Cluster.DeactivateAsync(city.Grains.GetGrain<IVehicleGrain>(subject.Value).GetGrainId());
        }
        await city.Score(subject, AppendQuery(city, subject));
    }

    private static byte[] AboutEvent(Entry target, string member)
    {
        var body = JsonNode.Parse(target.Body)!.AsObject();
        body["day"] = target.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        body["turn"] = target.Turn;
        body[member] = "x";
        body["dueDay"] = TestCity.Today.AddDays(5).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return CanonicalJson.Write(body);
    }

    private static async Task<SubjectId> Activated(TestCity city)
    {
        var subject = city.Ledger.Add(1, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        for (var i = 0; i < 12; i++) city.Append(subject);
        await city.Score(subject, AppendQuery(city, subject));
        return subject;
    }

    private static long AppendQuery(TestCity city, SubjectId subject) =>
        city.Ledger.Append(subject, EntryKind.Queried, TestCity.Today, "{}"u8.ToArray());

    private static void Corrupt(TestCity city, SubjectId subject) => Cells(State(city, subject)).Add(TestCity.Today.DayNumber, 0, 5);

    private static FoldState State(TestCity city, SubjectId subject)
    {
        city.Cluster.TryGetGrainContext(city.Grains.GetGrain<IVehicleGrain>(subject.Value).GetGrainId(), out var context).ShouldBeTrue();
        return State(Fold((VehicleGrain)context!.GrainInstance!).ShouldNotBeNull());
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_fold")]
    private static extern ref SubjectFold? Fold(SubjectGrain subject);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_state")]
    private static extern ref FoldState State(SubjectFold fold);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_cells")]
    private static extern ref PointCells Cells(FoldState state);

    private static Task<TestCity> Start(int silos, params (string Name, string Value)[] settings) => TestCity.Start(
        silos, settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value),
        services => services.AddRecomputation(
            Settings([.. settings, ("Recomputation:SampleSeconds", "3600"), ("Recomputation:SampleFolds", silos == 1 ? "1" : "8")])));

    private static IConfiguration Settings(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();

    private static RecomputationService Service(IServiceProvider silo, ILogger<RecomputationService>? log = null) => log is null
        ? silo.GetRequiredService<RecomputationService>()
        : ActivatorUtilities.CreateInstance<RecomputationService>(silo, log);

    private sealed class LogLines : List<string>, ILogger<RecomputationService>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> text) =>
            Add($"{level}: {text(state, exception)}");
    }
}
