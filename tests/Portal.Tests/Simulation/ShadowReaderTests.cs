using System.Text.Json;
using Scoring.Client;

namespace Scoring.Simulation;

public sealed class ShadowReaderTests
{
    /// <summary>The details as the platform records them.</summary>
    private const string Details = """
        {"byActivity":[],"byEnrolment":[{"falling":null,"from":0,"meanChangeMilli":-1500,"rising":20,"subjects":40,"to":29}],
        "changes":[{"from":-5,"subjects":40,"to":-1}],"crossings":[{"now":null,"subjects":40,"then":null}],"day":"2026-11-24",
        "entries":256,"now":[{"from":500,"subjects":40,"to":1000}],"number":2,"positions":[256,0],"sharePercent":10,"subjects":40,
        "then":[{"from":500,"subjects":40,"to":1000}]}
        """;

    [Fact]
    public void A_shadow_is_read_from_its_act()
    {
        var shadow = ShadowReader.Read(Act(JsonElement.Parse(Details))).ShouldNotBeNull();
        (shadow.SharePercent, shadow.Report.Subjects, shadow.Report.Day).ShouldBe((10, 40, new DateOnly(2026, 11, 24)));
        shadow.Report.ByEnrolment.ShouldBe([new Group(0, 29, 40, 20, null, -1500)]);
        shadow.Report.Crossings.ShouldBe([new Crossing(null, null, 40)]);
        shadow.Report.Examples.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"day":7}""")]
    public void Details_that_say_something_else_are_no_shadow(string details) =>
        ShadowReader.Read(Act(JsonElement.Parse(details))).ShouldBeNull();

    [Fact]
    public void An_act_without_details_is_no_shadow() => ShadowReader.Read(Act(null)).ShouldBeNull();

    private static RecordedAdminAction Act(JsonElement? details) =>
        new(7, 256, "shadowed", "safe-driver", "platform", DateTimeOffset.UnixEpoch, "hash", [], details);
}
