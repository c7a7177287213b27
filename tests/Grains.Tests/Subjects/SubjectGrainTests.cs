using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Scoring.Clocks;
using Scoring.Hosting;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Recomputing;
using Scoring.Scores;
using Scoring.SetAside;
using Scoring.Testing;

namespace Scoring.Subjects;

public sealed class SubjectGrainTests
{
    [Theory]
    [InlineData(SubjectKind.Citizen)]
    [InlineData(SubjectKind.Vehicle)]
    [InlineData(SubjectKind.Merchant)]
    public async Task Every_kind_of_subject_answers_with_the_fold_of_its_entries(SubjectKind kind)
    {
        await using var city = await TestCity.Start(silos: 1);
        var programme = TestProgrammes.Documents.Programmes.Single(p => p.Programme.SubjectKind == kind).Programme.Id;
        var subject = city.Ledger.Add(9, kind, programme);
        for (var i = 0; i < 10; i++) city.Append(subject, i == 3 ? -3 : 7);
        var grain = city.Grains.Subject(kind, subject);

        (await grain.ScoreBelow(12, TestCity.Today)).ShouldBe(new ScoreValue(TestProgrammes.Floor + 60, "silver"));
        var explanation = (await grain.Explain())!;
        (explanation.Score, explanation.Turn, explanation.Day).ShouldBe((TestProgrammes.Floor + 60, 11, TestCity.Today));
    }

    [Fact]
    public async Task An_answer_is_the_fold_of_exactly_the_turns_below_its_own()
    {
        await using var city = await TestCity.Start();
        var subjects = Enumerable.Range(1, 6).Select(n => city.Ledger.Add(n, SubjectKind.Vehicle, TestProgrammes.Vehicles)).ToArray();
        var appends = Channel.CreateUnbounded<int>();
        var appending = Task.Run(async () =>
        {
            await foreach (var i in appends.Reader.ReadAllAsync())
            {
                foreach (var subject in subjects) city.Append(subject, i % 5 == 0 ? -3 : 7);
                await Task.Yield();
            }
        });
        // The subjects are activated and queried while their entries arrive.
        await Task.WhenAll(subjects.Select(async subject =>
        {
            for (var i = 0; i < 60; i++)
            {
                for (var more = 0; more < 8; more++) appends.Writer.TryWrite((i * 8) + more).ShouldBeTrue();
                var turn = i % 2 == 0 ? city.Append(subject) : city.Ledger.Append(subject, EntryKind.Queried, TestCity.Today, []);
                (await city.Score(subject, turn))!.Score.ShouldBe(city.Expected(subject, turn));
                if (i % 20 == 19) await city.Cluster.DeactivateAsync(city.Grains.GetGrain<IVehicleGrain>(subject.Value).GetGrainId());
            }
        }));
        appends.Writer.Complete();
        await appending;
    }

    [Fact]
    public async Task A_query_older_than_the_fold_is_answered_as_of_its_turn()
    {
        await using var city = await TestCity.Start(silos: 1, settings: new() { ["Subjects:AnswersMax"] = "2" });
        var subject = city.Ledger.Add(1, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        for (var i = 0; i < 30; i++) city.Append(subject);
        for (var turn = 31; turn >= 2; turn -= 3) (await city.Score(subject, turn))!.Score.ShouldBe(city.Expected(subject, turn));

        var reads = city.Ledger.Reads(subject);
        (await city.Score(subject, 4))!.Score.ShouldBe(city.Expected(subject, 4));
        city.Ledger.Reads(subject).ShouldBe(reads, "the latest answers are cached");
        (await city.Score(subject, 31))!.Score.ShouldBe(city.Expected(subject, 31));
        city.Ledger.Reads(subject).ShouldBeGreaterThan(reads, "older turns are folded again");
    }

    [Fact]
    public async Task Two_activations_over_one_ledger_agree()
    {
        var ledger = new MemoryLedger(1);
        var subject = ledger.Add(1, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        var services = Services(ledger);
        var one = Fold(subject, services);
        var other = Fold(subject, services);
        var random = new Random(3);
        for (var i = 0; i < 400; i++)
        {
            var points = random.Next(3) == 0 ? -3 : 7;
            ledger.Append(subject, EntryKind.Event, TestCity.Today, TestProgrammes.Body(points));
            // Each fold gets some of the entries in any order and is queried now and then.
            var fold = random.Next(2) == 0 ? one : other;
            var entries = ledger.EntriesOf(subject);
            var from = random.Next(entries.Count);
            if (random.Next(3) > 0) (await fold.Take([.. entries.Skip(from).Take(random.Next(5))])).ShouldBeTrue();
            if (random.Next(10) > 0) continue;
            var turn = random.Next(2, entries.Count + 2);
            (await one.ScoreBelow(turn, TestCity.Today)).ShouldBe(await other.ScoreBelow(turn, TestCity.Today));
        }
        var expected = TestProgrammes.Floor + ledger.EntriesOf(subject).Skip(1).Sum(entry => TestProgrammes.PointsOf(entry.Body));
        (await one.ScoreBelow(402, TestCity.Today))!.Score.ShouldBe(expected);
        (await other.ScoreBelow(402, TestCity.Today))!.Score.ShouldBe(expected);
    }

    [Theory]
    [InlineData("query")]
    [InlineData("explanation")]
    [InlineData("query and explanation")]
    [InlineData("explanation of a subject that was active before")]
    public async Task An_active_subject_reads_nothing_for_a_delivered_event_however_it_was_activated(string activation)
    {
        await using var city = await TestCity.Start(settings: new() { ["Subjects:SnapshotEntries"] = "5" });
        var subject = city.Ledger.Add(1, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        var grain = city.Grains.GetGrain<IVehicleGrain>(1);
        var other = await LedgerStreamTests.Activated(city, 1 + city.Ledger.PartitionCount);
        for (var i = 0; i < 12; i++) city.Append(subject);
        var past = city.Append(other);
        await city.Deliveries.Until(() => city.Deliveries.Taken(other) >= past, "the stream is past the first events");
        if (activation.StartsWith("query", StringComparison.Ordinal)) await city.Score(subject);
        if (activation.Contains("explanation", StringComparison.Ordinal)) await grain.Explain();
        if (activation.Contains("before", StringComparison.Ordinal))
        {
            await city.Cluster.DeactivateAsync(grain.GetGrainId());
            city.Ledger.SnapshotOf(subject).ShouldNotBeNull("the activation starts from a snapshot");
            await grain.Explain();
        }
        var reads = city.Ledger.Reads(subject);
        var last = 0L;
        for (var i = 0; i < 20; i++)
        {
            last = city.Append(subject);
            await city.Deliveries.Until(() => city.Deliveries.Taken(subject) >= last, "the event is delivered");
        }
        city.Ledger.Reads(subject).ShouldBe(reads);
        (await city.Score(subject, last + 1))!.Score.ShouldBe(city.Expected(subject));
        city.Ledger.Reads(subject).ShouldBe(reads);
    }

    [Fact]
    public async Task A_forgotten_subject_answers_nothing_and_is_gone()
    {
        await using var city = await TestCity.Start();
        var subject = await LedgerStreamTests.Activated(city, 1);
        city.Append(subject);
        var grain = city.Grains.GetGrain<IVehicleGrain>(1);
        city.Ledger.Erase(subject);
        await grain.Forget();
        await TestCity.Until(() => !city.IsActive(subject), "the subject is deactivated");

        (await grain.ScoreBelow(2, TestCity.Today)).ShouldBeNull();
        (await grain.Explain()).ShouldBeNull();
        await TestCity.Until(() => !city.IsActive(subject), "the queries leave no activation");
    }

    [Fact]
    public async Task A_subject_erased_during_a_query_answers_nothing()
    {
        await using var city = await TestCity.Start(settings: new() { ["Subjects:PageEntries"] = "5" });
        var subject = city.Ledger.Add(1, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        for (var i = 0; i < 20; i++) city.Append(subject);
        var pages = 0;
        city.Ledger.BeforeRead = _ =>
        {
            if (++pages == 3) city.Ledger.Erase(subject);
            return Task.CompletedTask;
        };
        (await city.Score(subject, 22)).ShouldBeNull();
        pages.ShouldBe(3);
    }

    [Fact]
    public async Task A_number_that_was_never_enrolled_leaves_no_activation()
    {
        await using var city = await TestCity.Start();
        (await city.Score(new SubjectId(77), 5)).ShouldBeNull();
        await TestCity.Until(() => !city.IsActive(new SubjectId(77)), "the query leaves no activation");
        city.Ledger.Reads(new SubjectId(77)).ShouldBe(1, "the read that finds no enrolment");
    }

    [Fact]
    public async Task A_snapshot_saves_reading_what_is_in_it()
    {
        await using var city = await TestCity.Start(
            settings: new() { ["Subjects:PageEntries"] = "50", ["Subjects:SnapshotEntries"] = "200" });
        var subject = city.Ledger.Add(1, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        for (var i = 0; i < 400; i++) city.Append(subject);
        await city.Score(subject);
        await city.Cluster.DeactivateAsync(city.Grains.GetGrain<IVehicleGrain>(1).GetGrainId());
        var snapshot = city.Ledger.SnapshotOf(subject)!;
        snapshot.Turn.ShouldBeGreaterThanOrEqualTo(200);

        var reads = city.Ledger.Reads(subject);
        (await city.Score(subject))!.Score.ShouldBe(city.Expected(subject));
        (city.Ledger.Reads(subject) - reads).ShouldBeLessThanOrEqualTo((401 - (int)snapshot.Turn) / 50 + 1);
    }

    [Fact]
    public async Task Folds_are_dropped_when_the_rules_or_the_ledger_change()
    {
        var ledger = new MemoryLedger(1);
        var subject = ledger.Add(1, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        for (var i = 0; i < 10; i++) ledger.Append(subject, EntryKind.Event, TestCity.Today, TestProgrammes.Body(7));
        var services = Services(ledger);
        var fold = Fold(subject, services);
        (await fold.ScoreBelow(12, TestCity.Today))!.Score.ShouldBe(TestProgrammes.Floor + 70);
        var documents = TestProgrammes.Documents;
        var more = documents with
        {
            Versions = [.. documents.Versions, .. documents.Versions.Select(version => TestProgrammes.Version(version.Terms, 2))],
        };
        services.RuleBook.Renew(more.Compile(), more.Publish(default));
        var reads = ledger.Reads(subject);
        (await fold.ScoreBelow(12, TestCity.Today))!.Score.ShouldBe(TestProgrammes.Floor + 70);
        ledger.Reads(subject).ShouldBe(reads + 1);
        services.Incarnation.Advance();
        (await fold.ScoreBelow(12, TestCity.Today))!.Score.ShouldBe(TestProgrammes.Floor + 70);
        ledger.Reads(subject).ShouldBe(reads + 2);
    }

    [Fact]
    public async Task A_stale_rule_book_folds_nothing()
    {
        await using var city = await TestCity.Start(silos: 1, more: services => services.AddStaleRuleBook());
        var subject = city.Ledger.Add(1, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        await Should.ThrowAsync<RuleBookStaleException>(() => city.Score(subject, 2));
        await Should.ThrowAsync<RuleBookStaleException>(() => city.Grains.GetGrain<IVehicleGrain>(1).Explain());
    }

    private static SubjectFold Fold(SubjectId subject, SubjectDependencies services) => new(subject, TestProgrammes.Vehicles, services);

    [Fact]
    public async Task While_the_clock_is_not_trusted_no_snapshot_is_pruned_by_it_and_stored()
    {
        var ledger = new MemoryLedger(1);
        var subject = ledger.Add(1, SubjectKind.Vehicle, TestProgrammes.Vehicles);
        for (var i = 0; i < 250; i++) ledger.Append(subject, EntryKind.Event, TestCity.Today, TestProgrammes.Body(7));
        var machine = new ShiftedTime(TimeProvider.System);
        var fold = Fold(subject, Services(ledger, FakeReferenceClock.Guard(machine)));
        machine.Shift = TimeSpan.FromDays(365);
        await fold.CatchUp();
        await fold.WaitForSnapshot();
        ledger.SnapshotOf(subject).ShouldBeNull();
        machine.Shift = TimeSpan.Zero;
        await fold.CatchUp();
        await fold.WaitForSnapshot();
        ledger.SnapshotOf(subject).ShouldNotBeNull();
    }

    internal static SubjectDependencies Services(ILedger ledger, ClockGuard? guard = null)
    {
        var book = new CurrentRuleBook(Options.Create(new RuleBookOptions()), TimeProvider.System);
        book.Renew(TestProgrammes.Documents.Compile(), TestProgrammes.Documents.Publish(default));
        var clock = new ProgrammeClock(TimeProvider.System);
        return new SubjectDependencies(
            ledger, new LedgerIncarnation(), book, clock, Options.Create(new SubjectOptions { PageEntries = 7 * 100 }), new ActiveFolds(),
            new PartitionSubscriptions(TimeProvider.System), guard ?? FakeReferenceClock.Guard(TimeProvider.System), TestNotes.New(),
            NullLogger<SubjectDependencies>.Instance);
    }
}
