using System.Text.Json.Nodes;

namespace Scoring.Editing;

public sealed class DraftActionsTests
{
    [Fact]
    public void Rules_are_added_moved_and_removed()
    {
        var draft = DraftDocumentTests.Seed("fair-payer");
        var before = Ids(draft);
        DraftActions.Apply(draft, "add:ruleSet.rules").ShouldBe($"ruleSet.rules.{before.Length}");
        draft["ruleSet"]!["rules"]![before.Length]!["eventType"]!.GetValue<string>()
            .ShouldBe(draft["programme"]!["eventTypes"]![0]!.GetValue<string>());
        DraftActions.Apply(draft, $"remove:ruleSet.rules.{before.Length}").ShouldBeNull();
        DraftActions.Apply(draft, "down:ruleSet.rules.0").ShouldBe("ruleSet.rules.1");
        Ids(draft).ShouldBe([before[1], before[0], .. before[2..]]);
        DraftActions.Apply(draft, "up:ruleSet.rules.1").ShouldBe("ruleSet.rules.0");
        Ids(draft).ShouldBe(before);
    }

    [Fact]
    public void A_condition_is_added_inside_a_negated_group()
    {
        var draft = JsonNode.Parse("""{"ruleSet":{"rules":[{"when":{"not":{"all":[{}]}}}]}}""")!.AsObject();
        DraftActions.Apply(draft, "add:ruleSet.rules.0.when.parts.0.parts").ShouldBe("ruleSet.rules.0.when.parts.0.parts.1");
        draft["ruleSet"]!["rules"]![0]!["when"]!.ToJsonString().ShouldBe("""{"not":{"all":[{},{}]}}""");
        DraftActions.Apply(draft, "remove:ruleSet.rules.0.when.parts.0.parts.0");
        draft["ruleSet"]!["rules"]![0]!["when"]!.ToJsonString().ShouldBe("""{"not":{"all":[{}]}}""");
    }

    [Theory]
    [InlineData("")]
    [InlineData("check")]
    [InlineData("add:")]
    [InlineData("add:programme")]
    [InlineData("add:programme.name")]
    [InlineData("add:no.such.place")]
    [InlineData("remove:ruleSet")]
    [InlineData("remove:ruleSet.rules.99")]
    [InlineData("remove:ruleSet.rules.-1")]
    [InlineData("up:ruleSet.rules.0")]
    [InlineData("down:ruleSet.tiers.99999999999")]
    [InlineData("add:ruleSet.rules.0.when.parts.0.parts.0.parts")]
    public void An_action_that_does_not_fit_changes_nothing(string action)
    {
        var draft = DraftDocumentTests.Seed("safe-driver");
        var before = draft.ToJsonString();
        DraftActions.Apply(draft, action).ShouldBeNull();
        draft.ToJsonString().ShouldBe(before);
    }

    [Fact]
    public void A_list_that_is_missing_begins_with_its_first_element()
    {
        var draft = new JsonObject();
        DraftActions.Apply(draft, "add:ruleSet.tiers").ShouldBe("ruleSet.tiers.0");
        draft.ToJsonString().ShouldBe("""{"ruleSet":{"tiers":[{}]}}""");
    }

    private static string[] Ids(JsonObject draft) =>
        [.. draft["ruleSet"]!["rules"]!.AsArray().Select(rule => rule!["id"]?.GetValue<string>() ?? "")];
}
