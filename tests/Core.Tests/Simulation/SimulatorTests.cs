using System.Text.Json;
using CsCheck;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Subjects;
using Scoring.Tests.Scores;

namespace Scoring.Simulation;

public sealed class SimulatorTests
{
    [Fact]
    public void Both_sides_are_the_scores_that_a_slow_interpreter_gives() => SimulatedPopulation.Any.Sample(
        population =>
        {
            var rules = population.Rules;
            var tally = new Tally(population.World.Rules.Programme, rules.Now.InForce(population.Day), rules.Then.InForce(population.Day));
            var slowNow = population.World.Reference;
            var slowThen = population.DraftAlone.Reference;
            var entriesOf = population.Entries().ToLookup(entry => entry.Subject.Value);
            var entries = 0L;
            for (var number = 1; number <= population.Subjects; number++)
            {
                var lines = population.EntriesOf(number).Select(HistoryMaker.Line).ToArray();
                var now = slowNow.Ask(lines, population.Day);
                var then = slowThen.Ask(lines, population.Day);
                tally.Add(new SubjectObservation(
                    (long)now.Score, (long)then.Score,
                    Index(rules.Now, now.Tier, population.Day), Index(rules.Then, then.Tier, population.Day),
                    population.Day.DayNumber - population.Enrolments[number - 1].Item2.DayNumber,
                    lines.Count(line => line.Kind == "event")));
                entries += entriesOf[number].Count();
            }
            Json(population.Simulated() with { Examples = [] }).ShouldBe(Json(tally.Report([1], population.Day, entries, [])));
        },
        iter: 150);

    [Fact]
    public void The_draft_values_days_before_its_own_first_day_too()
    {
        var (world, subjects) = OneTripEach(points: 7);
        var draft = Set(2, points: 30) with { FirstDay = Cases.Today.AddDays(14) };
        var report = Simulated(world, draft, subjects);
        report.Changes.Single(band => band.Subjects > 0).ShouldBe(new Band(20, 49, 40));
        report.Crossings.ShouldBe([new Crossing("baseline", "baseline", 40)]);
    }

    [Fact]
    public void The_same_rules_change_no_score()
    {
        var (world, subjects) = OneTripEach(points: 7);
        var report = Simulated(world, world.Rules.RuleSets[0] with { Number = 2 }, subjects);
        report.Changes.Single(band => band.Subjects > 0).ShouldBe(new Band(0, 0, 40));
        report.ByActivity.ShouldBe([new Group(0, 9, 40, 0, 0, 0)]);
    }

    [Fact]
    public void Corrections_of_earlier_rule_sets_do_not_change_the_draft_side()
    {
        var (world, subjects) = OneTripEach(points: 7);
        var draft = Set(2, points: 30) with { Corrections = [new RuleCorrection(1, "trips")] };
        Simulated(world, draft, subjects).ShouldBeEquivalentTo(Simulated(world, Set(2, points: 30), subjects));
    }

    [Fact]
    public void The_order_of_partitions_does_not_matter() => SimulatedPopulation.Any.Sample(
        population =>
        {
            var entries = population.Entries();
            var halves = population.Enrolments.GroupBy(pair => pair.Item1.Value % 2).Select(half => half.ToList()).ToList();
            var forward = new Simulator(population.Rules, population.Day);
            foreach (var half in halves) forward.Fold(half, entries);
            var backward = new Simulator(population.Rules, population.Day);
            foreach (var half in Enumerable.Reverse(halves)) backward.Fold(half, entries);
            Json(backward.Report([1])).ShouldBe(Json(forward.Report([1])));
            Json(forward.Report([1])).ShouldBe(Json(population.Simulated()));
        },
        iter: 50);

    [Fact]
    public void Entries_of_other_subjects_are_not_counted()
    {
        var (world, subjects) = OneTripEach(points: 7);
        var simulator = new Simulator(Rules(world, Set(2, 30)), Cases.Today);
        var fold = simulator.Begin(subjects);
        fold.Take(Cases.Trip(2, Cases.Today) with { Subject = new SubjectId(1000) }).ShouldBeFalse();
        fold.Take(Cases.Trip(2, Cases.Today) with { Subject = new SubjectId(1) }).ShouldBeTrue();
        fold.Entries.ShouldBe(1);
    }

    internal static string Json(SimulationReport report) => JsonSerializer.Serialize(report);

    private static int Index(ProgrammeRules rules, string tier, DateOnly day) =>
        rules.InForce(day).Tiers.Select(t => t.Name).ToList().IndexOf(tier);

    private static (World World, List<(SubjectId, DateOnly)> Subjects) OneTripEach(long points) => (
        Cases.With(points, 100, 400), [.. Enumerable.Range(1, 40).Select(number => (new SubjectId(number), World.Start))]);

    private static RuleSet Set(int number, long points) => RuleSetDocument.Hashed(new RuleSet(
        number, World.Start.AddDays(number), "Summary.", [Cases.Rule(points, 100, 400)],
        [new Tier(Tiers.Baseline, 500), new Tier("silver", 540), new Tier("gold", 620)], ""));

    private static SimulatedRules Rules(World world, RuleSet draft) => SimulatedRules.Of(
        DocumentSet.Empty with
        {
            Versions = [World.Version(world.Rules.Programme, world.Rules.RuleSets[0])], EventTypes = [World.Trip, World.Parked],
        },
        World.Version(world.Rules.Programme, draft));

    private static SimulationReport Simulated(World world, RuleSet draft, List<(SubjectId Subject, DateOnly)> subjects)
    {
        var simulator = new Simulator(Rules(world, draft), Cases.Today);
        simulator.Fold(subjects, subjects.Select(pair => Cases.Trip(2, Cases.Today.AddDays(-10)) with { Subject = pair.Subject }));
        return simulator.Report([40]);
    }
}
