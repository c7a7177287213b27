using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Scoring.Ledger;
using Scoring.Tests.Scores;

namespace Scoring.Scores;

public sealed class CountedFoldTests
{
    [Fact]
    public void Saved_after_any_page_it_explains_as_the_full_explanation_does_without_entries() =>
        Gen.Select(World.Any, Gen.Int[1, 9]).Sample(
            (world, page) =>
            {
                var fold = new CountedFold(world.Rules, world.Asked);
                foreach (var entries in world.Entries.Chunk(page))
                {
                    foreach (var entry in entries) fold.Apply(entry);
                    var (state, events) = fold.Save();
                    fold = CountedFold.Load(state, events, world.Rules, world.Asked);
                }
                Text(fold.Explain()).ShouldBe(Text(WithoutEntries(Explainer.Explain(world.Entries, world.Rules, world.Asked))));
            },
            iter: 5000);

    [Fact]
    public void Turns_that_the_ledger_no_longer_holds_are_passed_over() => World.Any.Sample(
        world =>
        {
            var referenced = world.Entries.Select(entry => (long?)JsonNode.Parse(entry.Body)!["turn"]).ToHashSet();
            var left = world.Entries.Where(entry => entry.Turn % 3 != 0 || entry.Kind != EntryKind.Event || referenced.Contains(entry.Turn))
                .ToArray();
            var fold = new CountedFold(world.Rules, world.Asked);
            foreach (var entry in left) fold.Apply(entry);
            var counted = fold.Explain();
            var full = Explainer.Explain(left, world.Rules, world.Asked);
            (counted.Score, counted.Turn).ShouldBe((full.Score, full.Turn));
        },
        iter: 1000);

    private static Explanation WithoutEntries(Explanation explanation) => explanation with
    {
        Rules = [.. explanation.Rules.Select(rule => rule with { Days = [.. rule.Days.Select(day => day with { Entries = [] })] })],
    };

    private static string Text(Explanation explanation) => JsonSerializer.Serialize(explanation);
}
