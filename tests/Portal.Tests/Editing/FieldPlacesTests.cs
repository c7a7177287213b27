using System.Text.Json.Nodes;

namespace Scoring.Editing;

public sealed class FieldPlacesTests
{
    private static readonly DraftFields Fields = DraftDocument.Fields(JsonNode.Parse(
        """
        {"programme":{"id":"a","eventTypes":["traffic.trip"],"effects":[{"tier":"gold","effect":"fine"}]},
         "ruleSet":{"rules":[{"points":{"by":"road","rows":{"city":1}},
           "when":{"all":[{"attribute":"km","atLeast":3},{"not":{"attribute":"road","oneOf":["city"]}}]}}],"tiers":[{"from":1}]},
         "assessment":{"affectedGroups":["x"],"risks":[{}]}}
        """)!.AsObject());

    [Theory]
    [InlineData("/programme/id", "programme.id")]
    [InlineData("/programme/eventTypes/0", "programme.eventTypes")]
    [InlineData("/programme/effects", "programme.effects")]
    [InlineData("/programme/effects/0", "programme.effects.0.tier")]
    [InlineData("/programme/effects/0/effect", "programme.effects.0.effect")]
    [InlineData("/ruleSet/rules", "ruleSet.rules")]
    [InlineData("/ruleSet/rules/0", "ruleSet.rules.0.id")]
    [InlineData("/ruleSet/rules/0/reason", "ruleSet.rules.0.reason")]
    [InlineData("/ruleSet/rules/0/points", "ruleSet.rules.0.points.kind")]
    [InlineData("/ruleSet/rules/0/points/by", "ruleSet.rules.0.points.by")]
    [InlineData("/ruleSet/rules/0/points/rows/city", "ruleSet.rules.0.points.row.city")]
    [InlineData("/ruleSet/rules/0/when", "ruleSet.rules.0.when.kind")]
    [InlineData("/ruleSet/rules/0/when/all", "ruleSet.rules.0.when.kind")]
    [InlineData("/ruleSet/rules/0/when/all/0", "ruleSet.rules.0.when.parts.0.kind")]
    [InlineData("/ruleSet/rules/0/when/all/0/attribute", "ruleSet.rules.0.when.parts.0.attribute")]
    [InlineData("/ruleSet/rules/0/when/all/0/atLeast", "ruleSet.rules.0.when.parts.0.value")]
    [InlineData("/ruleSet/rules/0/when/all/1/not/oneOf/0", "ruleSet.rules.0.when.parts.1.parts.0.oneOf")]
    [InlineData("/ruleSet/tiers/0/name", "ruleSet.tiers.0.name")]
    [InlineData("/assessment/affectedGroups/0", "assessment.affectedGroups")]
    [InlineData("/assessment/risks/0/mitigation", "assessment.risks.0.mitigation")]
    [InlineData("/ruleSet/corrections/0/rule", "json")]
    [InlineData("/more", "json")]
    [InlineData("", "json")]
    public void A_problem_is_at_its_field_or_at_the_nearest_one(string pointer, string field) =>
        FieldPlaces.Of(pointer, Fields).ShouldBe(field);
}
