using System.Net;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Scoring.Client;
using Scoring.Hosting;
using Scoring.Languages;

namespace Scoring.Simulation;

/// <summary>What a browser gets of a report.</summary>
public sealed class ReportTextTests
{
    private static readonly SimulationReport Report = new(
        [256, 40], new DateOnly(2026, 11, 24), 80, 1234, [new(500, 549, 80)], [new(500, 599, 80)], [new(-5, -1, 40), new(0, 0, 40)],
        [new("baseline", "baseline", 60), new(null, null, 20)], [new(0, 29, 80, null, 40, -2500)], [new(0, 36_500, 80, 0, 40, 0)],
        [new("Ten calm trips.", 510, 498)]);

    [Fact]
    public async Task A_number_that_may_be_about_few_people_is_shown_as_hidden_with_the_reason()
    {
        var html = await Render(Report);
        var texts = new Texts(Language.All[0]);
        html.ShouldContain($"<span class=\"suppressed\" title=\"{texts["simulation.hidden-why"]}\">{texts["simulation.hidden"]}</span>");
        html.Split("class=\"suppressed\"").Length.ShouldBe(1 + 3 + 1, "three pairs of tiers, and those who rise in a group");
        html.ShouldContain("20 subjects are in places that are not shown");
    }

    [Fact]
    public async Task A_report_has_every_part_with_its_numbers_as_a_table()
    {
        var html = await Render(Report);
        html.Split("<details>").Length.ShouldBe(1 + 5, "the positions and the tables of four charts");
        foreach (var said in new[] { "1,234", "24 November 2026", "296", "−2.5", "Ten calm trips.", "−12", "0 events and more" })
            html.ShouldContain(said);
        html.ShouldNotContain("style=");
    }

    [Fact]
    public async Task Fewer_than_twenty_subjects_have_no_figures_but_examples()
    {
        var html = await Render(Report with
        {
            Subjects = 0, Now = [], Then = [], Changes = [], Crossings = [], ByEnrolment = [], ByActivity = [],
        });
        html.ShouldContain("Fewer than 20 subjects take part");
        html.ShouldContain("class=\"suppressed\"");
        html.ShouldContain("Ten calm trips.");
        html.ShouldNotContain("<svg");
    }

    private static async Task<string> Render(SimulationReport report)
    {
        var services = new ServiceCollection().AddSingleton(new Texts(Language.All[0])).AddSingleton(new PortalOptions())
            .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)); // as the portal does
        await using var provider = services.BuildServiceProvider();
        await using var renderer = new HtmlRenderer(provider, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            ["Id"] = "one", ["Report"] = report, ["ThenLabel"] = "Then", ["TiersNow"] = (string[])["baseline", "silver"],
            ["TiersThen"] = (string[])["baseline", "silver"],
        });
        return WebUtility.HtmlDecode(await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<ReportText>(parameters)).ToHtmlString()));
    }
}
