using Scoring.City.Commands;
using Scoring.Client;

namespace Scoring.City.Tests.Commands;

public sealed class AdminViewTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 7, 15, 0, TimeSpan.Zero);

    [Fact]
    public void A_programme_is_shown_with_its_draft_and_the_problems() => Lines(AdminView.Programme, new ProgrammeAdminView(
        "safe-driver", ProgrammeStatus.Suspended,
        new DraftView(
            "safe-driver", "h", "a-1", At, default, [], [new DraftProblem("/ruleSet", "c", "Mend it.")], ["Speeding takes less."], true),
        ["a-2"], [])).ShouldBe(
    [
        "safe-driver: suspended", "  resuming approved by: a-2", "draft h of safe-driver by a-1", "  approved by: none",
        "  differs: Speeding takes less.", "  problems: 1", "  /ruleSet  c: Mend it.",
        "  asks every participant for consent again, from its first day",
    ]);

    [Theory]
    [InlineData(true, "Done. Approved by: a, b.")]
    [InlineData(false, "Waiting for another administrator. Approved by: a, b.")]
    public void An_action_is_done_or_waits(bool done, string line) =>
        Lines(AdminView.Outcome, new ApprovalResponse(done, ["a", "b"])).ShouldBe([line]);

    [Fact]
    public void A_report_is_shown_in_numbers_and_the_merged_row_without_tiers() => Lines(AdminView.Report, new SimulationReport(
        [], new DateOnly(2026, 11, 23), 1200, 5000, [new Band(500, 1000, 1200)], [], [], [new Crossing(null, null, 20)], [], [],
        [new WorkedExample("Ten calm trips.", 510, 508)])).ShouldBe(
    [
        "1,200 subjects, 5,000 entries, as of 2026-11-23", "current scores:", "        500 to     1,000      1,200 subjects",
        "scores under the draft:", "  none", "changes:", "  none", "tier changes:",
        "      (merged) -> (merged)            20 subjects", "example histories:",
        "  510 -> 508  Ten calm trips.",
    ]);

    [Fact]
    public void An_action_of_the_record_is_shown_in_its_words() => Lines(AdminView.Action, new RecordedAdminAction(
        7, 256, "published", null, "a-2", At, null, ["First.", "Second."], null))
        .ShouldBe(["    7  2026-11-23T07:15:00Z  published by a-2", "         First.", "         Second."]);

    private static string[] Lines<T>(Action<TextWriter, T> view, T answer)
    {
        using var to = new StringWriter { NewLine = "\n" };
        view(to, answer);
        return to.ToString().TrimEnd('\n').Split('\n');
    }
}
