using System.Collections.Immutable;
using Scoring.Ledger;
using Scoring.Rules;
using Scoring.Tests.Scores;

namespace Scoring.Scores;

/// <summary>Tests published corrections: the first rule set gives 30 points a trip by mistake, and the second takes them back.</summary>
public sealed class TakenBackTests
{
    private static readonly DateOnly Change = Cases.Today.AddDays(5);
    private static readonly Entry Before = Cases.Trip(2, Cases.Today);
    private static readonly Entry After = Cases.Trip(3, Change);

    [Fact]
    public void What_a_rule_gave_under_an_earlier_set_counts_nothing_from_the_correcting_sets_first_day_on()
    {
        var world = Corrected(first: 30, second: 7, Before, After);
        Score(world, Change.AddDays(-1)).ShouldBe(530, "before that day it counts as published");
        Score(world, Change).ShouldBe(507);
        Score(world, Change.AddDays(20)).ShouldBe(507);
    }

    [Fact]
    public void A_late_event_of_a_day_that_is_taken_back_counts_nothing_either()
    {
        var late = Cases.Trip(4, Change.AddDays(-1));
        Score(Corrected(first: 30, second: 7, Before, After, late), Change).ShouldBe(507);
    }

    [Fact]
    public void It_is_taken_back_by_every_later_set_too()
    {
        var world = Sets(
            [Set(1, World.Start, 30), Set(2, Change, 7, new RuleCorrection(1, "trips")), Set(3, Change.AddDays(3), 7)], Before);
        Score(world, Change.AddDays(3)).ShouldBe(500);
    }

    [Fact]
    public void Only_the_named_rule_of_the_named_set_is_taken_back()
    {
        var world = Sets(
            [Set(1, World.Start, 30), Set(2, Cases.Today.AddDays(1), 7), Set(3, Change, 5, new RuleCorrection(2, "trips"))],
            Before, Cases.Trip(3, Cases.Today.AddDays(1)), Cases.Trip(4, Change));
        Score(world, Change).ShouldBe(535);
    }

    [Fact]
    public void The_explanation_shows_the_day_as_worth_nothing_and_says_which_version_took_it_back()
    {
        var world = Corrected(first: 30, second: 7, Before, After);
        var rule = Explainer.Explain(world.Entries, world.Rules, Change).Rules.ShouldHaveSingleItem();
        rule.Worth.ShouldBe(7);
        rule.Days.Select(day => (day.Day, day.Points, day.Factor, day.TakenBackBy)).ShouldBe(
            [(Change, 7L, FactorTable.Whole, null), (Cases.Today, 30L, 0L, (int?)2)]);
        Explainer.Explain(world.Entries, world.Rules, Change).MainReasons.ShouldHaveSingleItem().Events.ShouldBe(1);
        Explainer.Explain(world.Entries, world.Rules, Change.AddDays(-1)).Rules[0].Days[0].TakenBackBy.ShouldBeNull();
    }

    [Fact]
    public void A_coming_correction_is_explained_beforehand()
    {
        var world = Corrected(first: 30, second: 7, Before);
        Explainer.Explain(world.Entries, world.Rules, Cases.Today).Fades[0].ShouldBe(new Fade(Change, 500));
    }

    private static World Corrected(long first, long second, params Entry[] entries) =>
        Sets([Set(1, World.Start, first), Set(2, Change, second, new RuleCorrection(1, "trips"))], entries);

    private static RuleSet Set(int number, DateOnly firstDay, long points, params RuleCorrection[] corrections) =>
        RuleSetDocument.Hashed(new RuleSet(
            number, firstDay, "Summary.", [Cases.Rule(points, 100, 300)],
            [new Tier(Tiers.Baseline, 500), new Tier("silver", 540)], "") { Corrections = [.. corrections] });

    private static World Sets(ImmutableArray<RuleSet> sets, params Entry[] entries) => World.Of(
        World.Programme(500, 900), sets, [World.Trip, World.Parked],
        [HistoryMaker.Entry(1, EntryKind.Enrolled, World.Start, new System.Text.Json.Nodes.JsonObject()), .. entries], Change);

    /// <summary>The score of the fold and of the slow reference.</summary>
    private static long Score(World world, DateOnly day)
    {
        var score = World.Fold(world.Entries, world.Rules).ScoreOn(day, world.Rules).Score;
        ((long)world.Slow(day).Score).ShouldBe(score);
        return score;
    }
}
