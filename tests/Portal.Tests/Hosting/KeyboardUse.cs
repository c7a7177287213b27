namespace Scoring.Hosting;

/// <summary>Uses a page by keyboard alone.</summary>
internal static class KeyboardUse
{
    private const int TabsMax = 120;

    /// <summary>
    /// Goes to a link or button by the tabulator, which must show where it is, and presses it. Waits for the page that follows.
    /// </summary>
    public static async Task Press(this Visitor visitor, string selector)
    {
        await visitor.GoTo(selector);
        await visitor.Page.RunAndWaitForNavigation(() => visitor.Page.Keyboard.PressAsync("Enter"));
    }

    /// <summary>Goes to a control by the tabulator, types a text, if there is one, and presses more keys.</summary>
    public static async Task Type(this Visitor visitor, string selector, string? text, params string[] keys)
    {
        await visitor.GoTo(selector);
        if (text is not null) await visitor.Page.Keyboard.TypeAsync(text);
        foreach (var key in keys) await visitor.Page.Keyboard.PressAsync(key);
    }

    private static async Task GoTo(this Visitor visitor, string selector)
    {
        var page = visitor.Page;
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
