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
        var hostile = await Portal.Hostile;
        var texts = new List<string>();
        foreach (var pages in ListedPage.All.GroupBy(page => page.Visitor))
        {
            var visitor = await Visit(new VisitorSettings(Width: VisitorSettings.Phone), hostile.Portal);
            if (pages.Key == SampleSubject.Person)
            {
                await visitor.SignIn(HostileCity.Person, $"/programmes/{HostileCity.Programme}/join/link");
                await visitor.Link("traffic.city.example", "car-2");
            }
            else
            {
                await visitor.SignIn(pages.Key, "/");
            }
            foreach (var page in pages) texts.Add(await TextOf(visitor, page.Address(hostile.Sample), page.Name));
            if (pages.Key == ListedPage.Independent)
                foreach (var page in HostileCity.Registrations) texts.Add(await TextOf(visitor, page, "hostile registration"));
            (await visitor.Close()).ShouldBeEmpty();
        }
        texts.Count(text => text.Contains(HostileCity.Attack.TrimEnd(), StringComparison.Ordinal)).ShouldBeGreaterThan(15);
        // Each comes to its own page and to those of participants.
        foreach (var text in HostileCity.Registered)
            texts.Count(page => page.Contains(HostileCity.Attack + text, StringComparison.Ordinal)).ShouldBeGreaterThan(1, text);
        texts.Count(page => page.Contains(HostileCity.Unit, StringComparison.Ordinal)).ShouldBeGreaterThan(1, "the unit");
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

    /// <summary>Opens a page, which must show every text as text. Returns its text.</summary>
    private static async Task<string> TextOf(Visitor visitor, string address, string name)
    {
        await visitor.Open(address);
        (await visitor.Page.EvaluateAsync<string[]>(Foreign)).ShouldBeEmpty(name);
        (await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"))
            .ShouldBe(VisitorSettings.Phone, $"sideways scroll on {address}");
        (await visitor.Page.Locator("h1").CountAsync()).ShouldBe(1, name);
        var text = await visitor.Page.Locator("body").TextContentAsync();
        text.ShouldNotBeNull().ShouldNotContain("&lt;", Case.Sensitive, $"encoded twice on {name}");
        if (name is "rules" or "score" or "timeline" or "hostile registration") await visitor.Picture("hostile-" + name.Replace(' ', '-'));
        return text;
    }
}
