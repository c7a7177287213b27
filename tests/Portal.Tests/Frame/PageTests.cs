using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Scoring.Hosting;

namespace Scoring.Frame;

/// <summary>What holds for every page, in every language and theme.</summary>
public sealed partial class PageTests(SharedPortal portal, PageVisitors visitors) : PortalTest(portal), IClassFixture<PageVisitors>
{
    private static readonly string[] Languages = ["en", "zh-CN"];

    public static TheoryData<string, string> PagesInLanguages
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var page in ListedPage.All)
                foreach (var language in Languages) data.Add(page.Name, language);
            return data;
        }
    }

    [Fact]
    public void Every_page_is_listed_and_every_listed_page_exists() =>
        ListedPage.All.Select(page => page.Route).Order().ShouldBe(
            typeof(App).Assembly.GetTypes()
                .SelectMany(type => type.GetCustomAttributes(typeof(RouteAttribute), inherit: false)).Cast<RouteAttribute>()
                .Select(route => route.Template).Order());

    [Theory, MemberData(nameof(PagesInLanguages))]
    public async Task A_page_can_be_used_by_everyone(string name, string language)
    {
        var visitor = await Open(name, new VisitorSettings(language));
        var page = visitor.Page;
        (await page.Locator("h1").CountAsync()).ShouldBe(1, "headings of the first level");
        (await page.TitleAsync()).ShouldNotBeNullOrWhiteSpace();
        (await page.Locator("html").GetAttributeAsync("lang")).ShouldBe(language == "en" ? "en" : "zh-Hans");
        if (language == "en")
        {
            await SaysTheSameWithoutJavaScript(name, page);
            await visitor.Picture(name, isDark: false);
        }
        (await Axe.Faults(page)).ShouldBeEmpty("light");

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        (await Axe.Faults(page, "color-contrast")).ShouldBeEmpty("dark"); // a theme changes the outcome of no other rule

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(VisitorSettings.Phone, 800);
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(VisitorSettings.Phone, "sideways scroll");
        if (language == "en") await visitor.Picture(name, isDark: false, VisitorSettings.Phone);
        await page.SetViewportSizeAsync(visitor.Settings.Width, 900);
        await NothingWrong(visitor);
    }

    /// <summary>A page says the same without JavaScript. It is compared with the one that is open: to open that again takes long.</summary>
    private async Task SaysTheSameWithoutJavaScript(string name, IPage with)
    {
        var expected = await Said(with);
        expected.Length.ShouldBeGreaterThan(10);
        var without = await Open(name, new VisitorSettings(HasScript: false));
        (await Said(without.Page)).ShouldBe(expected, "without JavaScript");
        await NothingWrong(without);
    }

    /// <summary>The text of the main part, without what a script shows when it runs.</summary>
    private static async Task<string> Said(IPage page) => Blanks().Replace(await page.EvaluateAsync<string>("""
        () => {
          const main = document.querySelector("main").cloneNode(true);
          const shown = "[data-live], [data-copy], [data-print], [data-export-state], [data-verify-state]";
          for (const part of main.querySelectorAll(shown)) part.remove();
          return main.textContent;
        }
        """), " ").Trim();

    private Task<Visitor> Open(string name, VisitorSettings settings) =>
        visitors.Open(ListedPage.All.Single(page => page.Name == name), settings);

    private static async Task NothingWrong(Visitor visitor)
    {
        await visitor.Watch.LookAt(visitor.Page);
        (await visitor.Watch.Faults()).ShouldBeEmpty();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
