using Scoring.Hosting;

namespace Scoring.Frame;

/// <summary>What a city, a source or a service writes is shown as text on every page, whatever it is.</summary>
public sealed class HostileTextTests(SharedPortal portal) : PortalTest(portal)
{
    /// <summary>Elements and attributes that no page of the portal has, and that an attack would add.</summary>
    private const string Foreign = """
        () => [...document.querySelectorAll("script, img, iframe, object, embed, style, base, [onerror], [onload], [style]")]
          .filter(element => !element.src?.startsWith(location.origin + "/assets/")).map(element => element.outerHTML)
          .concat(window.harmed ? ["a script ran"] : [])
        """;

    private static readonly string[] Addresses =
    [
        "/my?outcome=", "{subject}/contests/new?turn=", "{subject}/contests/", "{subject}/who-looked?below=", "{subject}/timeline?show=",
        "{subject}/timeline?below=", "{subject}/what-if?type=", "{subject}/export?outcome=", "/programmes/safe-driver/record?from=",
        "/programmes/safe-driver/rules?version=", "/programmes/safe-driver/statistics?from=", "/checkpoints?from=1&to=",
        "/language/en?returnTo=/privacy?", "/no-page/",
    ];

    [Fact]
    public async Task Every_text_of_a_hostile_programme_is_shown_as_text()
    {
        await using var hostile = await Portal.StartWithClock();
        var sample = await HostileCity.Make(hostile, "participant-2");
        var shown = 0;
        foreach (var pages in ListedPage.All.GroupBy(page => page.Visitor))
        {
            var visitor = await Visit(new VisitorSettings(Width: VisitorSettings.Phone), hostile);
            if (pages.Key == SampleSubject.Person)
            {
                await visitor.SignIn("participant-2", $"/programmes/{HostileCity.Programme}/join/link");
                await visitor.Link("traffic.city.example", "car-2");
            }
            else
            {
                await visitor.SignIn(pages.Key, "/");
            }
            foreach (var page in pages)
                if (await IsAttackShown(visitor, page, sample)) shown++;
            (await visitor.Close()).ShouldBeEmpty();
        }
        shown.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task A_hostile_address_is_shown_as_text()
    {
        var visitor = await Visit();
        await visitor.SignIn(SampleSubject.Person);
        foreach (var status in new[] { 400, 404 }) visitor.Watch.Expect(status);
        foreach (var path in Addresses)
        {
            var address = path.Replace("{subject}", (await Portal.Sample).Path, StringComparison.Ordinal);
            await visitor.Page.GotoAsync(address + Uri.EscapeDataString(HostileCity.Attack));
            (await visitor.Page.EvaluateAsync<string[]>(Foreign)).ShouldBeEmpty(path);
            (await visitor.Page.Locator("h1").CountAsync()).ShouldBe(1, path);
        }
    }

    /// <summary>Opens a page, which must show every text as text. Returns whether the attack is among them.</summary>
    private static async Task<bool> IsAttackShown(Visitor visitor, ListedPage page, SampleSubject sample)
    {
        await visitor.Open(page.Address(sample));
        (await visitor.Page.EvaluateAsync<string[]>(Foreign)).ShouldBeEmpty(page.Name);
        (await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"))
            .ShouldBe(VisitorSettings.Phone, $"sideways scroll on {page.Name}");
        (await visitor.Page.Locator("h1").CountAsync()).ShouldBe(1, page.Name);
        var text = await visitor.Page.Locator("body").TextContentAsync();
        text.ShouldNotBeNull().ShouldNotContain("&lt;", Case.Sensitive, $"encoded twice on {page.Name}");
        if (page.Name is "rules" or "score" or "timeline") await visitor.Picture("hostile-" + page.Name);
        return text.Contains(HostileCity.Attack.TrimEnd(), StringComparison.Ordinal);
    }
}
