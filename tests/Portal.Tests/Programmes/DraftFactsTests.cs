using System.Text.Json;
using Scoring.Client;

namespace Scoring.Programmes;

/// <summary>A draft may be anything that is a JSON object.</summary>
public sealed class DraftFactsTests
{
    [Fact]
    public void A_draft_says_what_it_is()
    {
        var facts = Read("""
            {"programme":{"name":"Bicycles"},"ruleSet":{"number":2,"firstDay":"2026-12-24","summary":"More for trips."},
            "assessment":{"affectedGroups":["Riders"],"risks":[{"risk":"a","mitigation":"b"}],"reviewBy":"2027-06-01"}}
            """);
        (facts.Name, facts.Number, facts.FirstDay, facts.Summary).ShouldBe(("Bicycles", 2, new DateOnly(2026, 12, 24), "More for trips."));
        facts.Assessment!.Risks.ShouldBe([new Client.Risk("a", "b")]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"programme":[],"ruleSet":7,"assessment":"x"}""")]
    [InlineData("""{"programme":{"name":7},"ruleSet":{"number":"2","firstDay":"soon","summary":{}},"assessment":{"risks":[]}}""")]
    [InlineData("""{"ruleSet":{"number":2.5,"firstDay":20261224},"assessment":{"affectedGroups":[],"risks":[],"reviewBy":"soon"}}""")]
    public void A_draft_that_says_nothing_of_it_is_shown_without(string json)
    {
        var facts = Read(json);
        (facts.Name, facts.Number, facts.FirstDay, facts.Summary, facts.Assessment).ShouldBe((null, null, null, null, null));
    }

    private static DraftFacts Read(string json) => new(
        new DraftView("bicycles", "hash", "author", DateTimeOffset.UnixEpoch, JsonElement.Parse(json), [], [], [], false));
}
