using System.Diagnostics.Metrics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Streams;
using Scoring.Subjects;

namespace Scoring.Recomputing;

public sealed class RecomputationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Folds_are_the_ledgers_under_storms_of_entries_with_snapshots_pruning_and_going_to_sleep()
    {
        await using var city = await Start(2, ("Subjects:SnapshotEntries", "5"), ("Subjects:PageEntries", "7"));
        var subjects = Enumerable.Range(1, 8).Select(n => city.Ledger.Add(n, SubjectKind.Vehicle, TestProgrammes.Vehicles)).ToArray();
        city.Ledger.IsGone = turn => turn is 3 or 4; // never of a day that weighs anything
        var (compared, mismatches) = (0, 0);
        var living = Task.WhenAll(subjects.Select(subject => Task.Run(() => Live(city, subject))));
        while (!living.IsCompleted) await SampleAll();
        await living;
        city.Ledger.SnapshotsWritten.ShouldBeGreaterThan(20);
        for (var i = 0; i < 10; i++) await SampleAll();
        mismatches.ShouldBe(0);
        compared.ShouldBeGreaterThan(100);

        async Task SampleAll()
        {
            foreach (var silo in city.Cluster.Silos)
            {
                var (more, differ) = await Job(city.Cluster.GetSiloServiceProvider(silo.SiloAddress)).Sample(Cancel);
                compared += more;
                mismatches += differ;
            }
        }
    }

    [Fact]
    public async Task A_fold_that_is_not_the_ledgers_is_counted_and_told_each_time_and_left_as_it_is()
    {
        await using var city = await Start(1);
        var subject = await Awake(city);
        var log = new Lines();
        var job = Job(city.Cluster.GetSiloServiceProvider(), log);
        using var counted = new Counted();
        (await job.Sample(Cancel)).ShouldBe((1, 0));
        log.ShouldBeEmpty();

        Corrupt(city, subject);
        var wrong = (await city.Ask(subject))!.Score;
        wrong.ShouldBe(city.Expected(subject) + 5);
        for (var time = 1; time <= 3; time++)
        {
            (await job.Sample(Cancel)).ShouldBe((1, 1));
            counted.Mismatches.ShouldBeGreaterThanOrEqualTo(time);
        }
        counted.Checked.ShouldBeGreaterThanOrEqualTo(4);
        log.ShouldBe([.. Enumerable.Repeat(
            "Error: Programme safe-driver: a live fold differs from the fold of the ledger; it is not repaired", 3)]);
        city.Append(subject);
        (await city.Ask(subject))!.Score.ShouldBe(wrong + 7, "nobody has healed it");
        (await job.Sample(Cancel)).ShouldBe((1, 1));
        // Thrown away and made anew, it is the ledger's again.
        await city.Cluster.DeactivateAsync(city.Grains.GetGrain<IVehicleGrain>(1).GetGrainId());
        (await job.Sample(Cancel)).ShouldBe((0, 0));
        (await city.Ask(subject))!.Score.ShouldBe(city.Expected(subject));
        (await job.Sample(Cancel)).ShouldBe((1, 0));
    }

    [Fact]
    public async Task A_fold_ahead_of_its_ledger_is_told()
    {
        await using var city = await Start(1);
        var subject = await Awake(city);
        State(city, subject).PassOver(1000);
        (await Job(city.Cluster.GetSiloServiceProvider()).Sample(Cancel)).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Who_leaves_while_being_recomputed_is_no_mismatch()
    {
        await using var city = await Start(1, ("Subjects:PageEntries", "3"));
        var subject = await Awake(city);
        var job = Job(city.Cluster.GetSiloServiceProvider());
        var pages = 0;
        city.Ledger.BeforeRead = _ =>
        {
            if (++pages == 2) city.Ledger.Erase(subject);
            return Task.CompletedTask;
        };
        (await job.Sample(Cancel)).ShouldBe((0, 0));
        pages.ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task Rules_that_change_in_the_middle_are_no_mismatch()
    {
        await using var city = await Start(1, ("Subjects:PageEntries", "3"));
        var subject = await Awake(city);
        var job = Job(city.Cluster.GetSiloServiceProvider());
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
        (await job.Sample(Cancel)).ShouldBe((1, 0), "both sides are of the rules of before");
        (await job.Sample(Cancel)).ShouldBe((0, 0), "a fold of rules of before answers nothing any more");
        (await city.Ask(subject, Next(city, subject)))!.Score
            .ShouldBe(TestProgrammes.Floor + (city.Expected(subject) - TestProgrammes.Floor) * 10);
        (await job.Sample(Cancel)).ShouldBe((1, 0));
    }

    [Fact]
    public async Task A_ledger_that_is_replaced_in_the_middle_is_no_mismatch()
    {
        await using var city = await Start(1, ("Subjects:PageEntries", "3"));
        await Awake(city);
        var services = city.Cluster.GetSiloServiceProvider();
        city.Ledger.BeforeRead = _ =>
        {
            services.GetRequiredService<LedgerIncarnation>().Advance();
            return Task.CompletedTask;
        };
        (await Job(services).Sample(Cancel)).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_copy_waits_for_no_request_and_keeps_nobody_awake()
    {
        await using var city = await Start(1);
        var subject = await Awake(city);
        var folds = city.Cluster.GetSiloServiceProvider().GetRequiredService<ActiveFolds>();
        var (reading, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        city.Ledger.BeforeRead = _ =>
        {
            reading.TrySetResult();
            return goOn.Task;
        };
        city.Append(subject);
        var asked = city.Ask(subject, Next(city, subject));
        await reading.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        var copy = await folds.Draw(new Random(1))!.Copy().WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        copy!.Subject.ShouldBe(subject);
        copy.ToString().ShouldNotContain(subject.ToString());
        asked.IsCompleted.ShouldBeFalse();
        goOn.SetResult();
        await asked;
        await city.Cluster.DeactivateAsync(city.Grains.GetGrain<IVehicleGrain>(1).GetGrainId());
        folds.Draw(new Random(1)).ShouldBeNull();
    }

    [Fact]
    public void Each_live_fold_is_drawn_and_none_that_is_gone()
    {
        var (folds, random) = (new ActiveFolds(), new Random(5));
        var all = Enumerable.Range(0, 50).Select(_ => new Nobody()).ToArray();
        for (var round = 0; round < 2000; round++)
        {
            var one = all[random.Next(all.Length)];
            if (random.Next(2) == 0) folds.Add(one);
            else folds.Remove(one);
            folds.Draw(random)?.Index.ShouldBeGreaterThanOrEqualTo(0);
        }
        var awake = all.Where(one => one.Index >= 0).ToHashSet();
        Enumerable.Range(0, 2000).Select(_ => folds.Draw(random)).ToHashSet().ShouldBe(awake, ignoreOrder: true);
        foreach (var one in awake) folds.Remove(one);
        folds.Draw(random).ShouldBeNull();
    }

    [Theory]
    [InlineData("Recomputation:SampleSeconds", "0")]
    [InlineData("Recomputation:SampleSeconds", "3601")]
    [InlineData("Recomputation:SampleFolds", "0")]
    [InlineData("Recomputation:SampleFolds", "1001")]
    public void It_cannot_be_turned_off(string name, string value)
    {
        var services = new ServiceCollection().AddRecomputation(Settings((name, value)));
        using var provider = services.BuildServiceProvider();
        Should.Throw<OptionsValidationException>(() => provider.GetRequiredService<IOptions<RecomputationOptions>>().Value);
    }

    /// <summary>Events of many days, contests and corrections, questions, and sleep now and then.</summary>
    private static async Task Live(TestCity city, SubjectId subject)
    {
        var dice = new Random((int)subject.Value);
        for (var n = 0; n < 4; n++) city.Append(subject, daysAgo: 800 + n);
        for (var i = 0; i < 300; i++)
        {
            var events = city.Ledger.EntriesOf(subject).Where(entry => entry.Kind == EntryKind.Event).ToArray();
            var of = events[dice.Next(events.Length)];
            switch (dice.Next(8))
            {
                case 0:
                    city.Ledger.Append(subject, EntryKind.Corrected, TestCity.Today, About(of, "reason"));
                    break;
                case 1:
                    city.Ledger.Append(subject, EntryKind.ContestOpened, TestCity.Today, About(of, "ground"));
                    break;
                case 2:
                    city.Ledger.Append(subject, EntryKind.ContestDecided, TestCity.Today, CanonicalJson.Write(
                        new JsonObject { ["by"] = "administrator", ["reason"] = "x", ["turn"] = of.Turn, ["upheld"] = false }));
                    break;
                default:
                    city.Append(subject, dice.Next(3) == 0 ? -3 : 7, daysAgo: dice.Next(0, 400));
                    break;
            }
            if (i % 3 == 0) await city.Ask(subject, Next(city, subject));
            if (i % 50 == 49) await city.Cluster.DeactivateAsync(city.Grains.GetGrain<IVehicleGrain>(subject.Value).GetGrainId());
        }
        await city.Ask(subject, Next(city, subject));
    }

    private static byte[] About(Entry of, string why)
    {
        var body = JsonNode.Parse(of.Body)!.AsObject();
        body["day"] = of.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        body["turn"] = of.Turn;
        body[why] = "x";
        body["dueDay"] = TestCity.Today.AddDays(5).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return CanonicalJson.Write(body);
    }

    private static async Task<SubjectId> Awake(TestCity city)
    {
        var subject = city.Ledger.Add(1, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        for (var i = 0; i < 12; i++) city.Append(subject);
        await city.Ask(subject, Next(city, subject));
        return subject;
    }

    private static long Next(TestCity city, SubjectId subject) =>
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

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "cells")]
    private static extern ref PointCells Cells(FoldState state);

    private static Task<TestCity> Start(int silos, params (string Name, string Value)[] settings) => TestCity.Start(
        silos, settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value),
        services => services.AddRecomputation(
            Settings([.. settings, ("Recomputation:SampleSeconds", "3600"), ("Recomputation:SampleFolds", silos == 1 ? "1" : "8")])));

    private static IConfiguration Settings(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();

    private static RecomputationService Job(IServiceProvider silo, ILogger<RecomputationService>? log = null) => log is null
        ? silo.GetRequiredService<RecomputationService>()
        : ActivatorUtilities.CreateInstance<RecomputationService>(silo, log);

    private sealed class Nobody : IActiveFold
    {
        public int Index { get; set; } = -1;

        public Task<FoldCopy?> Copy() => Task.FromResult<FoldCopy?>(null);
    }

    private sealed class Lines : List<string>, ILogger<RecomputationService>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> text) =>
            Add($"{level}: {text(state, exception)}");
    }

    /// <summary>What the counters have counted since; other tests count too.</summary>
    private sealed class Counted : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _checked;
        private long _mismatches;

        public Counted()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == GrainMetrics.MeterName) listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            {
                if (instrument.Name == "scoring.recomputation.checked") Interlocked.Add(ref _checked, value);
                if (instrument.Name != "scoring.recomputation.mismatches") return;
                tags.Length.ShouldBe(0);
                Interlocked.Add(ref _mismatches, value);
            });
            _listener.Start();
        }

        public long Checked => Interlocked.Read(ref _checked);

        public long Mismatches => Interlocked.Read(ref _mismatches);

        public void Dispose() => _listener.Dispose();
    }
}
