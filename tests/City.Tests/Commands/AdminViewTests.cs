using System.Text.Json;
using Scoring.City.Commands;

namespace Scoring.City.Tests.Commands;

public sealed class AdminViewTests
{
    [Fact]
    public void A_programme_is_shown_with_its_draft_and_the_problems() => Lines(AdminView.Programme, """
        {"programme":"safe-driver","status":"suspended","resumeApprovals":["a-2"],"endApprovals":[],
         "draft":{"hash":"h","programme":"safe-driver","author":"a-1","approvals":[],"widens":true,"differences":["Speeding takes less."],
          "problems":[{"pointer":"/ruleSet","code":"c","help":"Mend it."}]}}
        """).ShouldBe(
    [
        "safe-driver: suspended", "  resuming approved by: a-2", "draft h of safe-driver by a-1", "  approved by: none",
        "  differs: Speeding takes less.", "  problems: 1", "  /ruleSet  c: Mend it.",
        "  asks every participant for consent again, from its first day",
    ]);

    [Theory]
    [InlineData("""{"done":true,"approvals":["a","b"]}""", "Done. Approved by: a, b.")]
    [InlineData("""{"done":false,"approvals":["a"]}""", "Waiting for another administrator. Approved by: a.")]
    public void An_action_is_done_or_waits(string outcome, string line) => Lines(AdminView.Outcome, outcome).ShouldBe([line]);

    [Fact]
    public void A_report_is_shown_in_numbers_and_the_merged_row_without_tiers() => Lines(AdminView.Report, """
        {"subjects":1200,"entries":5000,"day":"2026-11-23","now":[{"from":500,"to":1000,"subjects":1200}],"then":[],"changes":[],
         "crossings":[{"now":null,"then":null,"subjects":20}],"examples":[{"story":"Ten calm trips.","now":510,"then":508}]}
        """).ShouldBe(
    [
        "1,200 subjects, 5,000 entries, as of 2026-11-23", "current scores:", "        500 to     1,000      1,200 subjects",
        "scores under the draft:", "  none", "changes:", "  none", "tier changes:",
        "      (merged) -> (merged)            20 subjects", "example histories:",
        "  510 -> 508  Ten calm trips.",
    ]);

    [Fact]
    public void An_action_of_the_record_is_shown_in_its_words() => Lines(AdminView.Action, """
        {"number":7,"at":"2026-11-23T07:15:00Z","act":"published","by":"a-2","words":["First.","Second."]}
        """).ShouldBe(["    7  2026-11-23T07:15:00Z  published by a-2", "         First.", "         Second."]);

    private static string[] Lines(Action<TextWriter, JsonElement> view, string json)
    {
        using var to = new StringWriter { NewLine = "\n" };
        view(to, JsonElement.Parse(json));
        return to.ToString().TrimEnd('\n').Split('\n');
    }
}
