using Scoring.Hosting;

namespace Scoring.Editing;

/// <summary>What was typed into the editor outlives the connection, the page and the session. The keyboard alone is enough.</summary>
public sealed class EditorConnectionTests(SharedPortal portal) : PortalTest(portal)
{
    private const string New = "/admin/programmes/new";
    private const int TabsMax = 250;

    [Fact]
    public async Task A_lost_connection_and_a_reload_lose_nothing()
    {
        var visitor = await Visit();
        var page = visitor.Page;
        await visitor.SignIn("administrator-1", New);
        visitor.Watch.ExpectLostConnection();
        await visitor.Context.SetOfflineAsync(true);
        await page.Field("programme.name").FillAsync("Typed without a connection");
        await page.Locator("[data-editor-state]:has-text('The connection is gone')").WaitForAsync();
        await visitor.Picture("editor-gone");
        await page.Field("programme.purpose").FillAsync("More of it.");
        await page.Locator("button[name=act][value=save]").ClickAsync();
        (await page.Field("programme.name").InputValueAsync()).ShouldBe("Typed without a connection");

        await visitor.Context.SetOfflineAsync(false);
        await page.Locator("[data-editor-state]:has-text('The connection is back')").WaitForAsync();
        await page.Settle();
        (await page.Json()).ShouldContain("Typed without a connection");
        visitor.Path.ShouldBe(New);

        await page.ReloadAsync();
        await page.Settle();
        (await page.Field("programme.purpose").InputValueAsync()).ShouldBe("More of it.");
        (await page.Locator("[data-editor-state]").InnerTextAsync()).ShouldContain("is here again");
        await page.RunAndWaitForNavigation(() => page.Locator("[data-editor-discard] button").ClickAsync());
        (await page.Field("programme.name").InputValueAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_that_ends_loses_nothing_and_the_next_person_sees_nothing()
    {
        var visitor = await Visit();
        var page = visitor.Page;
        await visitor.SignIn("administrator-1", New);
        await visitor.Context.ClearCookiesAsync(new BrowserContextClearCookiesOptions { Name = "portal-session" });
        visitor.Watch.Expect(401);
        await page.Field("programme.name").FillAsync("Typed too late");
        await visitor.Follow("[data-editor-state] a");
        if (page.Url.StartsWith(Portal.Issuer.AbsoluteUri, StringComparison.Ordinal)) await visitor.Choose("administrator-1");
        visitor.Path.ShouldBe(New);
        await page.Settle();
        (await page.Field("programme.name").InputValueAsync()).ShouldBe("Typed too late");

        await visitor.Follow("header form button[type=submit]");
        await visitor.Open("/signed-out");
        (await page.EvaluateAsync<int>("() => sessionStorage.length")).ShouldBe(0);
    }

    [Fact]
    public async Task A_draft_is_written_and_saved_by_keyboard_alone()
    {
        var visitor = await Visit();
        var page = visitor.Page;
        await visitor.SignIn("administrator-1", New);
        await TabTo(page, "[id='programme.id']");
        await page.Keyboard.TypeAsync("keyboard-cyclist");
        await TabTo(page, "[id='programme.context']");
        await page.Keyboard.TypeAsync("Driv");
        await TabTo(page, "[id='type-traffic.trip']");
        await page.Keyboard.PressAsync("Space");
        await page.Settle();
        await TabTo(page, "button[value='add:ruleSet.rules']");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[id='ruleSet.rules.0.id']:focus").WaitForAsync(); // where one goes on
        await page.Settle();
        await page.Keyboard.TypeAsync("rides");
        await page.Settle();
        (await page.EvaluateAsync<string>("() => document.activeElement.id")).ShouldBe("ruleSet.rules.0.id");
        await TabTo(page, "button[value=save]");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitUntilAt(at => at.PathAndQuery == "/admin/programmes/keyboard-cyclist/draft?outcome=saved");
        (await page.Json()).ShouldContain("\"context\": \"mobility\"");
        (await page.Field("ruleSet.rules.0.id").InputValueAsync()).ShouldBe("rides");
    }

    private static async Task TabTo(IPage page, string selector)
    {
        for (var tabs = 0; tabs < TabsMax; tabs++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (!await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector)) continue;
            (await page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle")).ShouldNotBe("none");
            return;
        }
        throw new InvalidOperationException($"{TabsMax} tabulators on {page.Url} reach no {selector}.");
    }
}
