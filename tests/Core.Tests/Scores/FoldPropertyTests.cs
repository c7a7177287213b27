using CsCheck;
using Scoring.Tests.Scores;

namespace Scoring.Scores;

public sealed class FoldPropertyTests
{
    private const int Worlds = 3000;

    [Fact]
    public void The_score_equals_a_slow_reference() => World.Any.Sample(
        world =>
        {
            var state = World.Fold(world.Entries, world.Rules);
            var lines = world.Entries.Select(HistoryMaker.Line).ToArray();
            foreach (var days in new[] { 0, 1, 7, 45 })
            {
                var day = world.Asked.AddDays(days);
                var slow = world.Reference.Ask(lines, day);
                var fast = state.ScoreOn(day, world.Rules);
                ((long)slow.Score).ShouldBe(fast.Score);
                slow.Tier.ShouldBe(fast.Tier);
            }
        },
        iter: Worlds);

    [Fact]
    public void Deliveries_in_any_order_repetition_and_split_give_the_same_score() =>
        Gen.Select(World.Any, Gen.Select(Gen.Int[0, 45], Gen.Int[1, 8]).Array[0, 30]).Sample(
            (world, deliveries) =>
            {
                var state = new FoldState();
                foreach (var (from, count) in deliveries) Deliver(state, world, from, count);
                FillFromLedger(state, world);
                var whole = World.Fold(world.Entries, world.Rules);
                state.ScoreOn(world.Asked, world.Rules).ShouldBe(whole.ScoreOn(world.Asked, world.Rules));
                state.Save().ShouldBe(whole.Save());
            },
            iter: Worlds);

    [Fact]
    public void Folding_on_from_a_pruned_snapshot_equals_folding_from_nothing() =>
        Gen.Select(World.Any, Gen.Int[0, 41], Gen.Bool).Sample(
            (world, turn, prune) =>
            {
                var before = World.Fold(world.Entries.Take(turn), world.Rules);
                if (prune) before.Prune(world.Asked, world.Rules);
                var state = FoldState.Load(before.Save());
                state.Turn.ShouldBe(before.Turn);
                FillFromLedger(state, world);
                if (prune) state.Prune(world.Asked, world.Rules);
                var whole = World.Fold(world.Entries, world.Rules);
                for (var day = world.Asked; day <= world.Asked.AddDays(60); day = day.AddDays(3))
                    state.ScoreOn(day, world.Rules).ShouldBe(whole.ScoreOn(day, world.Rules));
            },
            iter: Worlds);

    [Fact]
    public void The_score_never_leaves_floor_and_ceiling_and_an_empty_history_has_the_floor() => World.Any.Sample(
        world =>
        {
            var floor = world.Rules.Programme.Floor;
            var ceiling = world.Rules.Programme.Ceiling;
            World.Fold(world.Entries, world.Rules).ScoreOn(world.Asked, world.Rules).Score.ShouldBeInRange(floor, ceiling);
            new FoldState().ScoreOn(world.Asked, world.Rules).ShouldBe(new ScoreValue(floor, "baseline"));
        },
        iter: Worlds);

    /// <summary>Delivers entries as to a grain: it ignores known entries and reads the ledger when entries are missing.</summary>
    private static void Deliver(FoldState state, World world, int from, int count)
    {
        foreach (var entry in world.Entries.Skip(from).Take(count))
        {
            var step = state.Apply(entry, world.Rules);
            if (step.Outcome == FoldOutcome.Gap) FillFromLedger(state, world);
        }
    }

    private static void FillFromLedger(FoldState state, World world)
    {
        foreach (var entry in world.Entries.Where(entry => entry.Turn > state.Turn).ToList())
            state.Apply(entry, world.Rules).Outcome.ShouldBe(FoldOutcome.Folded);
    }
}
