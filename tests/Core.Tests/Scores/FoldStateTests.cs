using System.Numerics;
using System.Text.Json.Nodes;
using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Tests.Scores;

namespace Scoring.Scores;

public sealed class FoldStateTests
{
    [Fact]
    public void A_known_turn_and_a_turn_behind_a_hole_change_nothing()
    {
        var world = Cases.With(10, 100, 100, Cases.Trip(2, Cases.Today));
        var state = World.Fold(world.Entries, world.Rules);
        state.Apply(Cases.Trip(2, Cases.Today), world.Rules).Outcome.ShouldBe(FoldOutcome.Known);
        state.Apply(Cases.Trip(4, Cases.Today), world.Rules).Outcome.ShouldBe(FoldOutcome.Gap);
        (state.Turn, state.ScoreOn(Cases.Today, world.Rules).Score).ShouldBe((2L, 510L));
    }

    [Fact]
    public void A_fold_that_frees_memory_continues_as_before()
    {
        var entries = Enumerable.Range(0, 60).Select(i => Cases.Trip(i + 2, Cases.Today.AddDays(i * 7 % 60 - 60))).ToArray();
        var world = Cases.With(10, 100, 100, entries);
        var freed = new FoldState();
        foreach (var entry in world.Entries)
        {
            freed.Apply(entry, world.Rules);
            freed.Trim();
        }
        freed.Save().ShouldBe(World.Fold(world.Entries, world.Rules).Save());
        freed.CellCount.ShouldBe(60);
    }

    [Fact]
    public void Turns_that_the_ledger_no_longer_holds_are_passed_over()
    {
        var world = Cases.With(10, 100, 100);
        var state = new FoldState();
        state.PassOver(8);
        state.PassOver(3);
        state.Apply(Cases.Trip(9, Cases.Today), world.Rules).Outcome.ShouldBe(FoldOutcome.Folded);
    }

    [Fact]
    public void A_day_counts_up_to_its_window_and_not_before_it_has_come()
    {
        var world = Cases.With([Cases.Rule(10, 100, 100, windowDays: 7)], Cases.Trip(2, Cases.Today));
        var state = World.Fold(world.Entries, world.Rules);
        state.ScoreOn(Cases.Today.AddDays(-1), world.Rules).Score.ShouldBe(500);
        state.ScoreOn(Cases.Today, world.Rules).Score.ShouldBe(510);
        state.ScoreOn(Cases.Today.AddDays(6), world.Rules).Score.ShouldBe(510);
        state.ScoreOn(Cases.Today.AddDays(7), world.Rules).Score.ShouldBe(500);
    }

    [Fact]
    public void A_rules_worth_is_floored_towards_minus_infinity()
    {
        var rules = Cases.Rule(-5, 100, 100, windowDays: 30, halfLifeDays: 2);
        var world = Cases.With([rules, Cases.Rule(60, 100, 100, id: "else")], Cases.Trip(2, Cases.Today));
        World.Fold(world.Entries, world.Rules).ScoreOn(Cases.Today.AddDays(2), world.Rules).Score.ShouldBe(557);
    }

    [Fact]
    public void Sums_at_the_ends_of_every_range_do_not_overflow()
    {
        foreach (var sign in new[] { 1, -1 })
        {
            var rules = Enumerable.Range(0, 64)
                .Select(number => Cases.Rule(sign * 100_000, 1_000_000, 1_000_000, 730, id: $"rule-{number}"));
            var entries = Enumerable.Range(0, 730 * 12).Select(index => Cases.Trip(index + 2, Cases.Today.AddDays(index / 12 - 729)));
            var world = Cases.With([.. rules], [.. entries]);
            var state = World.Fold(world.Entries, world.Rules);
            state.CellCount.ShouldBe(64 * 730);
            state.ScoreOn(Cases.Today, world.Rules).Score.ShouldBe(sign > 0 ? 900 : 500);
            var told = Explainer.Explain(world.Entries, world.Rules, Cases.Today);
            told.Rules.Length.ShouldBe(64);
            told.Rules.ShouldAllBe(rule => rule.Worth == sign * 1_000_000 && rule.Days[0].Points == sign * 1_200_000);
        }
    }

    [Fact]
    public void Pruning_frees_memory_and_keeps_the_score_of_the_day()
    {
        var world = Cases.With(
            [Cases.Rule(10, 100, 100, windowDays: 7)],
            [.. Enumerable.Range(2, 100).Select(turn => Cases.Trip(turn, Cases.Today.AddDays(turn - 101)))]);
        var state = World.Fold(world.Entries, world.Rules);
        state.Prune(Cases.Today, world.Rules);
        state.CellCount.ShouldBe(7);
        state.ScoreOn(Cases.Today, world.Rules).Score.ShouldBe(570);
    }

    [Fact]
    public void A_damaged_snapshot_or_one_of_another_version_is_refused()
    {
        var world = Cases.With(10, 100, 100, Cases.Trip(2, Cases.Today));
        var saved = World.Fold(world.Entries, world.Rules).Save();
        saved[0].ShouldBe((byte)FoldState.FoldVersion);
        Should.Throw<InvalidDataException>(() => FoldState.Load([]));
        Should.Throw<InvalidDataException>(() => FoldState.Load([.. saved, 0]));
        Should.Throw<InvalidDataException>(() => FoldState.Load([(byte)(saved[0] + 1), .. saved[1..]]));
        for (var length = 0; length < saved.Length; length++) Should.Throw<InvalidDataException>(() => FoldState.Load(saved[..length]));
    }

    [Fact]
    public void The_factor_table_equals_its_definition()
    {
        FactorTable.Of(0).ToArray().ShouldAllBe(factor => factor == FactorTable.Whole);
        foreach (var halfLife in new[] { 1, 2, 3, 7, 29, 180, 365, 729, 730 })
        {
            var bound = BigInteger.Pow(2, 32 * halfLife);
            for (var age = 0; age < FactorTable.DaysMax; age++)
            {
                var factor = FactorTable.Of(halfLife)[age];
                (Power(factor) <= bound && bound < Power(factor + 1)).ShouldBeTrue($"the largest x of age {age} and half-life {halfLife}");

                BigInteger Power(long x) => BigInteger.Pow(x, halfLife) << age;
            }
        }
    }

    [Fact]
    public void Rules_of_the_day_value_an_event_and_the_asking_day_bounds_it()
    {
        var old = new RuleSet(1, World.Start, "Old.", [Cases.Rule(10, 100, 100, 60)], Tiers(500, 540), "");
        var young = new RuleSet(2, Cases.Today, "New.", [Cases.Rule(20, 15, 22, 30)], Tiers(500, 520), "");
        var entries = new[] { Cases.Trip(1, Cases.Today.AddDays(-1)), Cases.Trip(2, Cases.Today) };
        var world = World.Of(World.Programme(500, 900), [old, young], [World.Trip, World.Parked], [.. entries], Cases.Today);
        var state = World.Fold(world.Entries, world.Rules);
        state.ScoreOn(Cases.Today.AddDays(-1), world.Rules).ShouldBe(new ScoreValue(510, "baseline"));
        state.ScoreOn(Cases.Today, world.Rules).ShouldBe(new ScoreValue(522, "silver"));
        state.ScoreOn(Cases.Today.AddDays(40), world.Rules).Score.ShouldBe(510);
    }

    [Fact]
    public void A_small_fold_is_small_in_memory_and_saved()
    {
        var world = Cases.With(10, 100, 100, [.. Enumerable.Range(2, 8).Select(turn => Cases.Trip(turn, Cases.Today.AddDays(turn)))]);
        World.Fold(world.Entries, world.Rules).Save().Length.ShouldBeLessThan(40);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var state = World.Fold([], world.Rules);
        foreach (var entry in world.Entries) state.Apply(entry, world.Rules);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(700);
    }

    private static System.Collections.Immutable.ImmutableArray<Tier> Tiers(long floor, long silver) =>
        [new(Scoring.Rules.Tiers.Baseline, floor), new("silver", silver)];
}
