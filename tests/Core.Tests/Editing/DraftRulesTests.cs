using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Scoring.Rules;
using Scoring.Scores;
using Scoring.Testing;
using Scoring.Tests.Scores;

namespace Scoring.Editing;

public sealed class DraftRulesTests
{
    private static readonly DateOnly From = new(2026, 3, 1);

    [Theory]
    [InlineData("""["ruleSet"]["firstDay"]""", "2020-01-01")]
    [InlineData("""["ruleSet"]["number"]""", "77")]
    [InlineData("""["ruleSet"]["summary"]""", "\"\"")]
    [InlineData("""["ruleSet"]["rules"][0]["reason"]""", "\"\"")]
    [InlineData("""["ruleSet"]["rules"][0]["capPerWindow"]""", "1000000")]
    [InlineData("""["programme"]["id"]""", "\"?\"")]
    [InlineData("""["programme"]["context"]""", "\"policing\"")]
    [InlineData("""["programme"]["effects"]""", "[{\"tier\":\"gold\",\"effect\":\"fine\",\"description\":\"x\"}]")]
    [InlineData("""["assessment"]""", "null")]
    public void A_problem_on_which_no_score_depends_does_not_prevent_scoring(string place, string value)
    {
        var draft = Changed(place, value);
        SampleDrafts.Problems(draft, SampleDrafts.Unpublished).ShouldNotBeEmpty();
        var (rules, problems) = DraftRules.Compile(SampleDrafts.Bytes(draft), SampleDrafts.Published.EventTypes);
        problems.ShouldBeEmpty();
        rules.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("""["programme"]""", "7", "/programme")]
    [InlineData("""["programme"]["floor"]""", "-1", "/programme/floor")]
    [InlineData("""["programme"]["zone"]""", "\"Mars/Crater\"", "/programme/zone")]
    [InlineData("""["programme"]["eventTypes"]""", "[\"traffic.trip\",\"traffic.flight\"]", "/programme/eventTypes/1")]
    [InlineData("""["ruleSet"]["rules"][0]["capPerDay"]""", "0", "/ruleSet/rules/0/capPerDay")]
    [InlineData("""["ruleSet"]["rules"][1]["points"]["by"]""", "\"km\"", "/ruleSet/rules/1/points/by")]
    [InlineData("""["ruleSet"]["rules"][0]["when"]""", "{\"all\":[]}", "/ruleSet/rules/0/when/all")]
    [InlineData("""["ruleSet"]["rules"][0]["eventType"]""", "\"traffic.park\"", "/ruleSet/rules/0/eventType")]
    [InlineData("""["ruleSet"]["tiers"]""", "[]", "/ruleSet/tiers")]
    public void A_problem_on_which_a_score_depends_is_named(string place, string value, string pointer)
    {
        var (rules, problems) = DraftRules.Compile(SampleDrafts.Bytes(Changed(place, value)), SampleDrafts.Published.EventTypes);
        rules.ShouldBeNull();
        problems.ShouldContain(problem => problem.Pointer == pointer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"ruleSet\":{}}")]
    public void A_text_without_rules_is_refused(string text)
    {
        var (rules, problems) = DraftRules.Compile(Encoding.UTF8.GetBytes(text), SampleDrafts.Published.EventTypes);
        rules.ShouldBeNull();
        problems.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_score_of_each_day_is_that_of_the_fold_that_scores_subjects() => World.Any.Sample(
        world =>
        {
            var rules = new ProgrammeRules(
                [World.Version(world.Rules.Programme, world.Rules.RuleSets[^1] with { Number = 1, Corrections = [] })],
                new[] { World.Parked, World.Trip }.ToDictionary(type => type.Name, StringComparer.Ordinal));
            var events = world.Entries.Where(entry => entry.Kind == Ledger.EntryKind.Event)
                .Select(entry => new MadeUpEvent(entry.Day, entry.Body)).ToArray();
            var answer = WorkbenchFold.Of(rules, world.Asked.AddDays(-3), world.Asked, [.. events]);
            answer.Days.Select(day => day.Day).ShouldBe(Enumerable.Range(-3, 4).Select(world.Asked.AddDays));
            var explained = Explainer.Explain(
                events.Select((made, index) => new Ledger.Entry(
                    0, index + 1, new Subjects.SubjectId(1), index + 1, Ledger.EntryKind.Event, made.Day, made.Body)),
                rules, world.Asked);
            (answer.Days[^1].Score, answer.Days[^1].Tier).ShouldBe((explained.Score, explained.Tier));
            foreach (var rule in answer.Rules)
                rule.Worth.ShouldBe(explained.Rules.FirstOrDefault(other => other.Rule == rule.Rule)?.Worth ?? 0);
        },
        iter: 200);

    [Fact]
    public void An_event_shows_the_points_by_rule_and_one_that_is_not_taken_counts_nothing()
    {
        var rules = DraftRules.Compile(SampleDrafts.Bytes(SampleDrafts.First()), SampleDrafts.Published.EventTypes).Rules!;
        var answer = WorkbenchFold.Of(rules, From, From.AddDays(1),
        [
            new MadeUpEvent(From, """{"data":{"calm":true,"km":3,"road":"city"},"source":"urn:x","type":"traffic.trip"}"""u8.ToArray()),
            new MadeUpEvent(From.AddDays(1), """{"data":{},"source":"urn:x","type":"traffic.park"}"""u8.ToArray()),
        ]);
        answer.Events[0].Points.ShouldBe([new WorkbenchPoints("trips", 5), new WorkbenchPoints("roads", 2)]);
        (answer.Events[1].Taken, answer.Events[1].Points.Length).ShouldBe((false, 0));
        answer.Days.ShouldBe([new WorkbenchDay(From, 507, "baseline"), new WorkbenchDay(From.AddDays(1), 506, "baseline")]);
        answer.Rules.ShouldBe([new WorkbenchRule("roads", 2, 2), new WorkbenchRule("trips", 5, 4)]);
    }

    /// <summary>Sets one place of a draft, written as <c>["member"][0]</c>.</summary>
    private static JsonObject Changed(string place, string value)
    {
        var draft = SampleDrafts.First();
        JsonNode node = draft;
        var steps = place.Trim('[', ']').Split("][");
        foreach (var step in steps[..^1]) node = int.TryParse(step, out var index) ? node[index]! : node[step.Trim('"')]!;
        node[steps[^1].Trim('"')] = value.StartsWith("20", StringComparison.Ordinal) ? value : JsonNode.Parse(value);
        return draft;
    }
}
