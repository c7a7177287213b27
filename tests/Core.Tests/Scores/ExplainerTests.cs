using System.Numerics;
using CsCheck;
using Scoring.Ledger;
using Scoring.Tests.Scores;

namespace Scoring.Scores;

public sealed class ExplainerTests
{
    [Fact]
    public void An_explanation_adds_up_and_recomputes_bit_for_bit() => World.Any.Sample(
        world =>
        {
            var explanation = Explainer.Explain(world.Entries, world.Rules, world.Asked);
            var slow = world.Slow(world.Asked);
            explanation.Score.ShouldBe((long)slow.Score);
            explanation.Tier.ShouldBe(slow.Tier);
            explanation.Turn.ShouldBe(world.Entries.Length);
            (explanation.Floor + explanation.Rules.Sum(rule => rule.Worth) + explanation.Limit).ShouldBe(explanation.Score);
            foreach (var rule in explanation.Rules)
            {
                rule.Worth.ShouldBe((long)slow.Worths[rule.Rule]);
                Recomputed(rule).ShouldBe(rule.Worth);
                rule.Days.Select(day => day.Day).ShouldBe(rule.Days.Select(day => day.Day).OrderDescending());
            }
            foreach (var (name, worth) in slow.Worths)
                if (explanation.Rules.All(rule => rule.Rule != name)) worth.ShouldBe(BigInteger.Zero);
        },
        iter: 2000);

    [Fact]
    public void Main_reasons_are_at_most_four_and_the_weightiest() => World.Any.Sample(
        world =>
        {
            var explanation = Explainer.Explain(world.Entries, world.Rules, world.Asked);
            explanation.MainReasons.Length.ShouldBe(Math.Min(Explainer.MainReasonsMax, explanation.Rules.Count(rule => rule.Worth != 0)));
            var least = explanation.MainReasons.Select(reason => Math.Abs(reason.Worth)).DefaultIfEmpty(0).Min();
            foreach (var rule in explanation.Rules.Where(rule => explanation.MainReasons.All(reason => reason.Rule != rule.Rule)))
                Math.Abs(rule.Worth).ShouldBeLessThanOrEqualTo(least);
            foreach (var reason in explanation.MainReasons) reason.Events.ShouldBeGreaterThan(0);
        },
        iter: 1000);

    [Fact]
    public void The_score_changes_on_coming_days_as_the_explanation_says() => World.Any.Sample(
        world =>
        {
            var explanation = Explainer.Explain(world.Entries, world.Rules, world.Asked);
            var state = World.Fold(world.Entries, world.Rules);
            var score = explanation.Score;
            var day = world.Asked;
            foreach (var fade in explanation.Fades)
            {
                for (day = day.AddDays(1); day < fade.Day; day = day.AddDays(1)) state.ScoreOn(day, world.Rules).Score.ShouldBe(score);
                score = state.ScoreOn(fade.Day, world.Rules).Score;
                fade.Score.ShouldBe(score);
            }
        },
        iter: 500);

    [Fact]
    public void An_event_raises_a_rule_by_as_much_as_the_explanation_says()
    {
        var world = Cases.With(points: 40, capPerDay: 50, capPerWindow: 70,
            Cases.Trip(2, Cases.Today), Cases.Trip(3, Cases.Today.AddDays(-1)));
        var raise = Explainer.Explain(world.Entries[..2], world.Rules, Cases.Today).Raises.ShouldHaveSingleItem();
        (raise.UpToPerEvent, raise.Room).ShouldBe((10L, 30L));
        Explainer.Explain(world.Entries, world.Rules, Cases.Today).Raises.ShouldBeEmpty();
    }

    [Fact]
    public void The_next_tier_has_the_missing_points()
    {
        var world = Cases.With(points: 30, capPerDay: 100, capPerWindow: 100, Cases.Trip(2, Cases.Today));
        Explainer.Explain(world.Entries, world.Rules, Cases.Today).NextTier.ShouldBe(new NextTier("silver", 540, 10));
    }

    [Fact]
    public void A_corrected_event_is_shown_with_its_correction()
    {
        var trip = Cases.Trip(2, Cases.Today);
        var world = Cases.With(points: -30, capPerDay: 100, capPerWindow: 100, trip, HistoryMaker.Correction(trip, 3, Cases.Today));
        var day = Explainer.Explain(world.Entries, world.Rules, Cases.Today).Rules.ShouldHaveSingleItem().Days.ShouldHaveSingleItem();
        day.Points.ShouldBe(0);
        day.Entries.ShouldBe([new EntryPoints(2, EntryKind.Event, -30), new EntryPoints(3, EntryKind.Corrected, 30)]);
    }

    [Fact]
    public void A_history_whose_oldest_entries_have_expired_is_still_explained()
    {
        var world = Cases.With(points: 30, capPerDay: 100, capPerWindow: 100, Cases.Trip(2, Cases.Today));
        var late = world.Entries[1] with { Turn = 9 };
        var explanation = Explainer.Explain([late], world.Rules, Cases.Today);
        (explanation.Turn, explanation.Score).ShouldBe((9L, 530L));
    }

    /// <summary>The worth of a rule, computed from the explanation only.</summary>
    private static long Recomputed(RuleWorth rule)
    {
        var sum = BigInteger.Zero;
        foreach (var day in rule.Days)
        {
            day.Entries.Sum(entry => entry.Points).ShouldBe(day.Points);
            sum += (BigInteger)Math.Clamp(day.Points, -day.CapPerDay, day.CapPerDay) * day.Factor;
        }
        return (long)BigInteger.Max(-rule.CapPerWindow, BigInteger.Min(sum >> 32, rule.CapPerWindow));
    }
}
