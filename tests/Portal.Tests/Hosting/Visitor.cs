using Scoring.Testing;

namespace Scoring.Hosting;

/// <summary>A browser of its own with one page, watched from its first request to its last.</summary>
internal sealed class Visitor
{
    internal const int WaitMillisecondsMax = 15_000;

    private readonly SharedPortal _portal;
    private readonly IBrowserContext _context;
    private bool _isClosed;

    private Visitor(SharedPortal portal, VisitorSettings settings, IBrowserContext context, IPage page)
    {
        _portal = portal;
        _context = context;
        Settings = settings;
        Page = page;
        Watch = new VisitWatch(context, portal);
    }

    public VisitorSettings Settings { get; }

    public IPage Page { get; }

    public VisitWatch Watch { get; }

    public IBrowserContext Context => _context;

    /// <summary>The path of the page's address.</summary>
    public string Path => new Uri(Page.Url).AbsolutePath;

    public static async Task<Visitor> Start(SharedPortal portal, VisitorSettings settings)
    {
        var context = await portal.Browser.NewContextAsync(settings.Options(portal.Address));
        context.SetDefaultTimeout(WaitMillisecondsMax);
        return new Visitor(portal, settings, context, await context.NewPageAsync());
    }

    /// <summary>Opens a page of the portal, which must answer with a status.</summary>
    public async Task Open(string path, int status = 200)
    {
        if (status >= 400) Watch.Expect(status);
        var answer = (await Page.GotoAsync(path)).ShouldNotBeNull();
        answer.Status.ShouldBe(status, $"{path} leads to {Page.Url}");
    }

    /// <summary>Signs in as a made-up person of the development issuer and ends on a page.</summary>
    public async Task SignIn(string person = "participant", string returnTo = "/my")
    {
        await Page.GotoAsync("/sign-in?returnTo=" + Uri.EscapeDataString(returnTo));
        await Choose(person);
        new Uri(Page.Url).PathAndQuery.ShouldBe(returnTo);
    }

    /// <summary>Chooses a person on the issuer's page, on which the browser is.</summary>
    public async Task Choose(string person)
    {
        await Page.Locator($"button[name=person][value={person}]").ClickAsync();
        await Page.WaitUntilAt(address => address.Authority == _portal.Address.Authority);
    }

    /// <summary>Clicks what leads to another page, and waits for that page.</summary>
    public Task Follow(string selector) => Page.RunAndWaitForNavigation(() => Page.Locator(selector).First.ClickAsync());

    /// <summary>The text of the page's main part.</summary>
    public async Task<string> Main() => await Page.Locator("main").InnerTextAsync();

    /// <summary>Keeps a picture of the page in <c>artifacts/portal</c>.</summary>
    public Task Picture(string name, bool? isDark = null, int? width = null)
    {
        var theme = isDark ?? Settings.IsDark ? "dark" : "light";
        return Page.ScreenshotAsync(new PageScreenshotOptions
        {
            FullPage = true,
            Path = System.IO.Path.Combine(
                Repository.Root, "artifacts", "portal", $"{name}-{Settings.Language}-{theme}-{width ?? Settings.Width}.png"),
        });
    }

    /// <summary>Closes the browser, once. Returns what was wrong in it.</summary>
    public async Task<IReadOnlyList<string>> Close()
    {
        if (_isClosed) return [];
        _isClosed = true;
        await Watch.Look(Page);
        await _context.CloseAsync();
        return await Watch.Faults();
    }
}
