namespace Scoring.Hosting;

/// <summary>Waits for what an action of a person leads to.</summary>
internal static class PageWaits
{
    /// <summary>Acts, and waits until the page that the action leads to is there.</summary>
    public static async Task RunAndWaitForNavigation(this IPage page, Func<Task> action)
    {
        // A new document forgets the mark.
        await page.EvaluateAsync("() => { document.documentElement.dataset.left = '1'; }");
        await action();
        await page.Locator("html:not([data-left])").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await page.WaitForLoadStateAsync(LoadState.Load);
    }
}
