using System.Text.Json;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Testing;
using Scoring.Tests.Scores;

namespace Scoring.Simulation;

public sealed class SyntheticHistoryTests
{
    private static readonly DateOnly Day = new(2026, 11, 23);

    private static readonly DocumentSet Shipped = SeedFolder.Shipped;

    public static TheoryData<string> Programmes => [.. Shipped.Programmes.Select(pair => pair.Programme.Id.Value)];

    [Theory, MemberData(nameof(Programmes))]
    public void There_are_ten_different_examples_for_each_shipped_programme(string programme)
    {
        var examples = SyntheticHistories.Work(Rules(programme), Day);
        examples.Select(example => example.Story).Distinct().Count().ShouldBe(10);
        examples[0].Now.ShouldBe(Rules(programme).Now.Programme.Floor);
        examples.Count(example => example.Now > Rules(programme).Now.Programme.Floor).ShouldBeGreaterThanOrEqualTo(2);
    }

    [Theory, MemberData(nameof(Programmes))]
    public void The_examples_follow_from_the_rules_and_the_day_alone(string programme) =>
        JsonSerializer.Serialize(SyntheticHistories.Work(Rules(programme), Day))
            .ShouldBe(JsonSerializer.Serialize(SyntheticHistories.Work(Rules(programme), Day)));

    [Theory, MemberData(nameof(Programmes))]
    public void For_each_rule_there_is_a_synthetic_event_that_it_values(string programme)
    {
        var rules = Rules(programme);
        var events = SyntheticEvents.Of(rules, Day);
        foreach (var rule in rules.Then.InForce(Day).Rules)
        {
            var number = rules.Then.RuleNames.IndexOf(rule.Id);
            events.ShouldContain(synthetic => Values(rules.Then, synthetic.Body, number), rule.Id);
        }
    }

    [Fact]
    public void A_story_has_the_event_its_attributes_and_its_days()
    {
        var world = Cases.With(5, 50, 400);
        var rules = new SimulatedRules(world.Rules, world.Rules, [World.Trip, World.Parked]);
        var examples = SyntheticHistories.Work(rules, Cases.Today);
        examples[1].Story.ShouldBe("“A trip”: once, today.");
        (examples[1].Now, examples[1].Then).ShouldBe((505, 505));
        examples[4].Story.ShouldBe("“A trip”: every day for the last month.");
        examples[4].Then.ShouldBe(500 + 30 * 5);
    }

    private static bool Values(ProgrammeRules rules, byte[] body, int rule)
    {
        Span<RulePoints> points = stackalloc RulePoints[ProgrammeRules.RulesPerSetMax];
        EntryBodyReader.Read(body, out var read).ShouldBeNull();
        rules.Value(read, Day.DayNumber, points, out var count).ShouldBeNull();
        foreach (var given in points[..count])
            if (given.Rule == rule) return true;
        return false;
    }

    private static SimulatedRules Rules(string programme)
    {
        var rules = Shipped.Compile().Find(ProgrammeId.Parse(programme))!;
        return new SimulatedRules(rules, rules, Shipped.EventTypes);
    }
}
