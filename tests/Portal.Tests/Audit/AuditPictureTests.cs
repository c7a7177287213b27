using Scoring.Frame;
using Scoring.Hosting;

namespace Scoring.Audit;

/// <summary>The pages of the console with something on them can be used by everyone.</summary>
public sealed class AuditPictureTests(SharedPortal portal) : PortalTest(portal)
{
    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public async Task A_history_and_the_pages_of_a_case_can_be_used_by_everyone(string language)
    {
        var sample = await Portal.Sample;
        var visitor = await Visit(new VisitorSettings(language));
        var name = await visitor.OpenCase();
        await Hold(visitor, "audit-case");
        foreach (var page in new[] { "histories", "draws", "recomputation", "ledgers" })
        {
            await visitor.Open($"/audit/{page}?case={name}");
            await Hold(visitor, $"audit-{page}-case");
        }
        await visitor.Look(name, "contest", sample.Contest);
        await Hold(visitor, "audit-history");
    }

    private static async Task Hold(Visitor visitor, string picture)
    {
        var page = visitor.Page;
        (await page.Locator("h1").CountAsync()).ShouldBe(1);
        await visitor.Picture(picture, isDark: false);
        (await Axe.Faults(page)).ShouldBeEmpty(picture);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        (await Axe.Faults(page, "color-contrast")).ShouldBeEmpty(picture);
        await visitor.Picture(picture, isDark: true);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(VisitorSettings.Phone, 800);
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(VisitorSettings.Phone, picture);
        await visitor.Picture(picture, isDark: false, VisitorSettings.Phone);
        await page.SetViewportSizeAsync(visitor.Settings.Width, 900);
    }
}
