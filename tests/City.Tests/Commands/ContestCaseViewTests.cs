using System.Text.Json;
using Scoring.City.Commands;
using Scoring.Client;

namespace Scoring.City.Tests.Commands;

public sealed class ContestCaseViewTests
{
    private static readonly DateOnly Day = new(2026, 11, 23);

    [Fact]
    public void A_file_is_shown_with_its_event_and_rules() => Lines(ContestCaseView.File, new CaseFile(
        "c0ffee", "safe-driver", [ContestGround.NotMine, ContestGround.WrongDay], Day, new DateOnly(2026, 12, 23), "traffic.parking",
        new DateOnly(2026, 11, 21), JsonElement.Parse("""{"violation":"hydrant"}"""), "urn:x", 1,
        [new CaseRule(-25, new Rule("parking", "traffic.parking", new Points(-25), 50, 100, 90, 0, "Parking in the way."))])).ShouldBe(
    [
        "c0ffee  safe-driver, due 2026-12-23, not-mine, wrong-day", "  traffic.parking on 2026-11-21 by urn:x",
        """  {"violation":"hydrant"}""", "     -25  parking: Parking in the way.",
    ]);

    [Theory]
    [InlineData(true, "Upheld on 2026-11-23: day-was-wrong.")]
    [InlineData(false, "Rejected on 2026-11-23: day-was-wrong.")]
    public void A_decision_is_shown(bool upheld, string line) => Lines(
        ContestCaseView.Decision, new DecisionView("c0ffee", upheld, ContestReason.DayWasWrong, Day)).ShouldBe([line]);

    private static string[] Lines<T>(Action<TextWriter, T> view, T answer)
    {
        using var to = new StringWriter();
        view(to, answer);
        return to.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    }
}
