using System.Net;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Scoring.Languages;

namespace Scoring.Charts;

/// <summary>What a browser gets.</summary>
public sealed partial class ChartTests
{
    private const string Hostile = "<script>alert('x')</script>";

    private static readonly DateOnly Day = new(2026, 11, 24);

    private static readonly Dictionary<string, object?> Common = new() { ["Title"] = "A title", ["Description"] = "What can be seen." };

    [Theory]
    [MemberData(nameof(Charts))]
    public async Task A_chart_has_a_title_a_description_and_no_inline_style(Type chart)
    {
        foreach (var language in Language.All)
        {
            var html = await Render(chart, language, id: "one");
            html.ShouldContain("A title");
            html.ShouldContain("What can be seen.");
            html.ShouldMatch("role=\"(img|group)\" aria-labelledby=\"one-title");
            html.ShouldNotContain("style=");
            html.ShouldNotContain("<script");
        }
    }

    [Theory]
    [MemberData(nameof(Charts))]
    public async Task Two_charts_on_a_page_have_no_id_in_common(Type chart)
    {
        var html = await Render(chart, Language.All[0], id: "one") + await Render(chart, Language.All[0], id: "two");
        var ids = Ids().Matches(html).Select(found => found.Groups[1].Value).ToList();
        ids.Count.ShouldBeGreaterThan(3);
        ids.ShouldBeUnique();
        References().Matches(html).Select(found => found.Groups[1].Value).ShouldBeSubsetOf(ids);
    }

    [Theory]
    [MemberData(nameof(Charts))]
    public async Task A_chart_has_a_table_with_headings(Type chart)
    {
        var html = await Render(chart, Language.All[0], id: "one");
        html.ShouldContain("<details>");
        html.ShouldContain("<caption>A title</caption>");
        html.ShouldContain("scope=\"col\"");
        html.ShouldContain("scope=\"row\"");
    }

    [Fact]
    public async Task The_table_of_a_waterfall_has_every_part_and_the_sum()
    {
        var html = await Render(typeof(WaterfallChart), Language.All[0], id: "one");
        Cells(html).ShouldBe(
        [
            "Part", "Points", "Sum so far", "Floor", "", "500", Hostile, "+120", "620", "Fine", "−35", "585", "Score", "", "585",
        ]);
    }

    [Fact]
    public async Task A_loss_differs_from_a_gain_in_pattern_class_and_sign()
    {
        var html = await Render(typeof(WaterfallChart), Language.All[0], id: "one");
        html.ShouldContain("<rect class=\"bar gain\"");
        html.ShouldMatch("<rect class=\"bar loss\"[^>]* fill=\"url\\(#one-hatch\\)\"");
        WebUtility.HtmlDecode(html).ShouldContain(">+120</text>");
        WebUtility.HtmlDecode(html).ShouldContain(">−35</text>");
    }

    [Fact]
    public async Task The_table_of_a_line_lists_changes_and_events() =>
        Cells(await Render(typeof(LineChart), Language.All[0], id: "one")).ShouldBe(
        [
            "Day", "Score", "What happened", "24 November 2026", "500", "", "25 November 2026", "620", $"{Hostile}; b",
        ]);

    [Fact]
    public async Task A_hidden_count_is_shown_as_hidden()
    {
        var html = await Render(typeof(BarChart), Language.All[0], id: "one");
        Cells(html).ShouldBe(["What is counted", "Events", "Trips", "12,345", Hostile, "hidden"]);
        html.ShouldContain("<line class=\"hidden\"");
    }

    [Fact]
    public async Task A_calendar_marks_the_days_on_which_the_score_changes()
    {
        var html = await Render(typeof(FadeCalendar), Language.All[0], id: "one");
        html.ShouldMatch("<td class=\"loss\"><span>25</span>\\s*<b>−2</b>");
        html.ShouldContain("November 2026");
    }

    [Fact]
    public async Task A_curve_shows_the_half_life() =>
        Cells(await Render(typeof(FadeCurve), Language.All[0], id: "one"))[..8].ShouldBe(
            ["Days later", "What is left", "0", "100%", "1", "71%", "2", "50%"]);

    [Fact]
    public async Task The_histograms_differ_in_pattern_and_each_range_of_either_is_a_row()
    {
        var html = await Render(typeof(HistogramPair), Language.All[0], id: "one");
        html.ShouldContain("<rect class=\"bar count\"");
        html.ShouldMatch("<rect class=\"bar draft\" fill=\"url\\(#one-stripe\\)\"");
        Cells(html).ShouldBe(
            ["Points", "Now", Hostile, "500 to 549", "40", "", "500 to 1,000", "", "60", "550 to 1,000", "0", ""]);
    }

    [Fact]
    public async Task Parts_that_are_hidden_have_a_frame_of_their_own_and_a_key()
    {
        var html = await Render(typeof(PartsChart), Language.All[0], id: "one");
        html.ShouldContain("class=\"bar unknown\"");
        html.ShouldContain("Not told apart");
        html.ShouldMatch("<rect class=\"bar loss\"[^>]* fill=\"url\\(#one-hatch\\)\"");
        html.ShouldNotContain("class=\"bar same\""); // no group says how many stay the same
    }

    public static TheoryData<Type> Charts() =>

    [
        typeof(LineChart), typeof(WaterfallChart), typeof(BarChart), typeof(FadeCalendar), typeof(FadeCurve), typeof(HistogramPair),
        typeof(PartsChart),
    ];

    private static Dictionary<string, object?> Sample(Type chart) => chart.Name switch
    {
        nameof(LineChart) => new()
        {
            ["Points"] = (LinePoint[])[new(Day, 500, []), new(Day.AddDays(1), 620, [Hostile, "b"]), new(Day.AddDays(2), 620, [])],
            ["Bands"] = (LineBand[])[new(Hostile, 600)], ["Min"] = 500L, ["Max"] = 1000L,
        },
        nameof(WaterfallChart) => new()
        {
            ["Start"] = 500L, ["StartLabel"] = "Floor", ["EndLabel"] = "Score",
            ["Steps"] = (WaterfallStep[])[new(Hostile, 120), new("Fine", -35)],
        },
        nameof(BarChart) => new() { ["Unit"] = "Events", ["Bars"] = (Bar[])[new("Trips", 12345), new(Hostile, null)] },
        nameof(HistogramPair) => new()
        {
            ["Now"] = (HistogramBand[])[new(500, 549, 40), new(550, 1000, 0)], ["NowLabel"] = "Now",
            ["Then"] = (HistogramBand[])[new(500, 1000, 60)], ["ThenLabel"] = Hostile,
        },
        nameof(PartsChart) => new()
        {
            ["Bars"] = (PartsBar[])[new(Hostile, 60, 20, null), new("All", 40, 0, 40)],
            ["Rows"] = (RenderFragment)(rows => rows.AddMarkupContent(0, "<tr><th scope=\"col\">A</th><th scope=\"row\">B</th></tr>")),
        },
        nameof(FadeCalendar) => new() { ["Days"] = (FadeDay[])[new(Day, 600, 0), new(Day.AddDays(1), 598, -2)] },
        _ => new() { ["HalfLifeDays"] = 2, ["WindowDays"] = 9 },
    };

    private static async Task<string> Render(Type chart, Language language, string id)
    {
        var services = new ServiceCollection().AddSingleton(new Texts(language))
            .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)); // as the portal does
        await using var provider = services.BuildServiceProvider();
        await using var renderer = new HtmlRenderer(provider, NullLoggerFactory.Instance);
        var parameters = new Dictionary<string, object?>(Common.Concat(Sample(chart))) { ["Id"] = id };
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync(chart, ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    /// <summary>Returns the texts of the cells of the table of numbers.</summary>
    private static List<string> Cells(string html) =>
        [.. Cell().Matches(html[html.IndexOf("<details>", StringComparison.Ordinal)..])
            .Select(found => WebUtility.HtmlDecode(found.Groups[1].Value))];

    [GeneratedRegex("<t[hd][^>]*>([^<]*)</t[hd]>")]
    private static partial Regex Cell();

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("url\\(#([^)]+)\\)")]
    private static partial Regex References();
}
