using System.Text.Json;
using Scoring.City.Commands;

namespace Scoring.City.Tests.Commands;

public sealed class AdminViewTests
{
    [Fact]
    public void A_programme_is_told_with_its_draft_and_what_is_to_mend() => Told(AdminView.Programme, """
        {"programme":"safe-driver","status":"suspended","resumeApprovals":["a-2"],"endApprovals":[],
         "draft":{"hash":"h","programme":"safe-driver","author":"a-1","approvals":[],"widens":true,"differences":["Speeding takes less."],
          "problems":[{"pointer":"/ruleSet","code":"c","help":"Mend it."}]}}
        """).ShouldBe(
    [
        "safe-driver: suspended", "  resuming approved by: a-2", "draft h of safe-driver by a-1", "  approved by: nobody",
        "  differs: Speeding takes less.", "  1 to mend:", "  /ruleSet  c: Mend it.",
        "  asks everybody for consent again from its first day on",
    ]);

    [Theory]
    [InlineData("""{"done":true,"approvals":["a","b"]}""", "Done, by a, b.")]
    [InlineData("""{"done":false,"approvals":["a"]}""", "Waits for another administrator; so far a.")]
    public void An_act_is_done_or_waits(string outcome, string told) => Told(AdminView.Outcome, outcome).ShouldBe([told]);

    [Fact]
    public void A_report_is_told_in_numbers_and_the_merged_row_without_names() => Told(AdminView.Report, """
        {"subjects":1200,"entries":5000,"day":"2026-11-23","now":[{"from":500,"to":1000,"subjects":1200}],"then":[],"changes":[],
         "crossings":[{"now":null,"then":null,"subjects":20}],"examples":[{"story":"Ten calm trips.","now":510,"then":508}]}
        """).ShouldBe(
    [
        "1,200 subjects, 5,000 entries, as of 2026-11-23", "scores now:", "        500 to     1,000      1,200 subjects", "scores then:",
        "changes:", "from tier to tier:", "     rare ones -> rare ones           20 subjects", "made-up histories:",
        "  510 -> 508  Ten calm trips.",
    ]);

    [Fact]
    public void An_act_of_the_record_is_told_in_its_words() => Told(AdminView.Act, """
        {"number":7,"at":"2026-11-23T07:15:00Z","act":"published","by":"a-2","words":["First.","Second."]}
        """).ShouldBe(["    7  2026-11-23T07:15:00Z  published by a-2", "         First.", "         Second."]);

    private static string[] Told(Action<TextWriter, JsonElement> view, string json)
    {
        using var to = new StringWriter { NewLine = "\n" };
        view(to, JsonElement.Parse(json));
        return to.ToString().TrimEnd('\n').Split('\n');
    }
}
