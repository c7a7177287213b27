using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.City.Platform;

namespace Scoring.City.Tests.Platform;

public sealed class DraftFileTests
{
    private const string Published = """
        {"programme":{"id":"safe-driver","name":"Old"},"today":"2026-11-23",
         "ruleSets":[{"number":1,"firstDay":"2026-01-01","hash":"a"},
                     {"number":2,"firstDay":"2026-12-08","summary":"Milder – für alle.","rules":[],
                      "corrections":[{"ruleSet":1,"rule":"x"}],"hash":"b"}],
         "versions":[{"number":1,"terms":{"id":"safe-driver","name":"Old"},"assessment":{"reviewBy":"2026-12-01"}},
                     {"number":2,"terms":{"id":"safe-driver","name":"New"},
                      "assessment":{"risks":[{"risk":"r","mitigation":"m"}],"reviewBy":"2027-01-01"}}]}
        """;

    [Fact]
    public void A_draft_repeats_the_last_version_under_the_next_number()
    {
        var text = DraftFile.Next(JsonElement.Parse(Published), 15);
        var draft = JsonNode.Parse(text)!;
        draft["programme"]!["name"]!.GetValue<string>().ShouldBe("New");
        var rules = draft["ruleSet"]!.AsObject();
        rules.Select(member => member.Key).ShouldBe(["number", "firstDay", "summary", "rules"]);
        (rules["number"]!.GetValue<int>(), rules["firstDay"]!.GetValue<string>()).ShouldBe((3, "2026-12-08"));
        draft["assessment"]!.ToJsonString().ShouldBe("""{"risks":[{"risk":"r","mitigation":"m"}],"reviewBy":"2027-09-19"}""");
        text.ShouldContain("Milder – für alle.");
        DraftFile.Programme(Encoding.UTF8.GetBytes(text)).ShouldBe("safe-driver");
    }

    [Fact]
    public void Without_a_published_version_there_is_no_draft_to_copy() => Should.Throw<CityException>(() =>
        DraftFile.Next(JsonElement.Parse("""{"today":"2026-11-23","ruleSets":[{"number":1}],"versions":[]}"""), 15));

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"programme":"safe-driver"}""")]
    [InlineData("""{"programme":{"id":7}}""")]
    public void A_file_that_names_no_programme_is_refused(string text) =>
        Should.Throw<CityException>(() => DraftFile.Programme(Encoding.UTF8.GetBytes(text)));
}
