using System.Net;
using System.Text.RegularExpressions;
using Scoring.Hosting;

namespace Scoring.Assets;

/// <summary>Style sheets, scripts and pictures are the portal's own, small, and kept by browsers.</summary>
public sealed partial class AssetTests(SharedPortal portal) : PortalTest(portal)
{
    private const int FirstPageBytesMax = 60_000;

    [Fact]
    public async Task A_browser_may_keep_an_asset_for_good_and_a_wrong_address_has_none()
    {
        var visit = VisitByHttp();
        var assets = await Assets(visit);
        foreach (var path in assets)
        {
            var answer = await visit.Open(path);
            answer.Status.ShouldBe(HttpStatusCode.OK);
            answer.Headers["Cache-Control"].ShouldContain("immutable");
            var name = path.Split('/')[^1];
            string[] wrongs = [$"/assets/AAAAAAAAAAAA/{name}", $"/assets/{name}", path + "x", path.Replace(name, "%2e%2e/" + name)];
            foreach (var wrong in wrongs)
                (await visit.Open(wrong)).Status.ShouldBe(HttpStatusCode.NotFound, wrong);
        }
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public async Task The_first_page_is_small(string language)
    {
        var visit = VisitByHttp();
        await visit.Open("/language/" + language);
        var bytes = System.Text.Encoding.UTF8.GetByteCount((await visit.Open("/")).Text);
        foreach (var path in await Assets(visit)) bytes += System.Text.Encoding.UTF8.GetByteCount((await visit.Open(path)).Text);
        bytes.ShouldBeInRange(5_000, FirstPageBytesMax);
    }

    [Fact]
    public async Task A_theme_takes_the_place_of_the_tokens()
    {
        var theme = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".css");
        await File.WriteAllTextAsync(theme, ":root { --accent: rebeccapurple; }");
        try
        {
            var files = new AssetFiles(theme);
            System.Text.Encoding.UTF8.GetString(files.Find("tokens.css")!.Bytes).ShouldContain("rebeccapurple");
            files.Path("tokens.css").ShouldNotBe(new AssetFiles(null).Path("tokens.css"));
            files.Path("portal.css").ShouldBe(new AssetFiles(null).Path("portal.css"));
        }
        finally
        {
            File.Delete(theme);
        }
    }

    private static async Task<string[]> Assets(HttpVisit visit)
    {
        string[] assets = [.. Reference().Matches((await visit.Open("/")).Text).Select(match => match.Groups[1].Value).Distinct()];
        assets.Length.ShouldBeGreaterThan(3);
        return assets;
    }

    [GeneratedRegex("(?:href|src)=\"(/assets/[^\"]+)\"")]
    private static partial Regex Reference();
}
