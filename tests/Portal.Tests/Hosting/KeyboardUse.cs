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
        await visitor.Reach(selector);
        (await visitor.Page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle")).ShouldNotBe("none");
        await visitor.Page.RunAndWaitForNavigation(() => visitor.Page.Keyboard.PressAsync("Enter"));
    }

    /// <summary>Goes to a field by the tabulator and types.</summary>
    public static async Task Type(this Visitor visitor, string selector, string text)
    {
        await visitor.Reach(selector);
        await visitor.Page.Keyboard.TypeAsync(text);
    }

    /// <summary>Goes to a control by the tabulator.</summary>
    public static async Task Reach(this Visitor visitor, string selector)
    {
        var page = visitor.Page;
        for (var tabs = 0; tabs < TabsMax; tabs++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector)) return;
            await page.Keyboard.PressAsync("Tab");
        }
        throw new InvalidOperationException($"{TabsMax} tabulators on {page.Url} reach no {selector}.");
    }
}
