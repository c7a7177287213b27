using System.Text.Json;
using Scoring.City.Commands;

namespace Scoring.City.Tests.Commands;

public sealed class ContestViewTests
{
    [Fact]
    public void A_file_is_shown_with_its_event_and_rules() => Lines(ContestView.File, """
        {"case":"c0ffee","programme":"safe-driver","grounds":["not-mine","wrong-day"],"dueOn":"2026-12-23","eventType":"traffic.parking",
         "day":"2026-11-21","data":{"violation":"hydrant"},"source":"urn:x",
         "rules":[{"points":-25,"rule":{"id":"parking","reason":"Parking in the way."}}]}
        """).ShouldBe(
    [
        "c0ffee  safe-driver, due 2026-12-23, not-mine, wrong-day", "  traffic.parking on 2026-11-21 by urn:x",
        """  {"violation":"hydrant"}""", "     -25  parking: Parking in the way.",
    ]);

    [Theory]
    [InlineData(true, "Upheld on 2026-11-23: day-was-wrong.")]
    [InlineData(false, "Rejected on 2026-11-23: day-was-wrong.")]
    public void A_decision_is_shown(bool upheld, string line) => Lines(
        ContestView.Decision,
        $$"""{"upheld":{{(upheld ? "true" : "false")}},"reason":"day-was-wrong","decidedOn":"2026-11-23"}""").ShouldBe([line]);

    private static string[] Lines(Action<TextWriter, JsonElement> view, string json)
    {
        using var to = new StringWriter();
        view(to, JsonElement.Parse(json));
        return to.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    }
}
