using System.Diagnostics;

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
        await page.WaitUntilComplete();
    }

    /// <summary>
    /// Waits until the page is at an address and its document is complete. The page is asked, here and below: Playwright's own waits for
    /// the load event, that for an address too, now and then miss one that comes just before they listen.
    /// </summary>
    public static async Task WaitUntilAt(this IPage page, Func<Uri, bool> isThere)
    {
        await Until(() => Task.FromResult(isThere(new Uri(page.Url))), "The page does not come to the expected address.");
        await page.WaitUntilComplete();
    }

    /// <summary>Waits until the document is complete.</summary>
    public static Task WaitUntilComplete(this IPage page) => Until(
        async () => await page.EvaluateAsync<string>("() => document.readyState") == "complete", "The page is not complete.");

    private static async Task Until(Func<Task<bool>> condition, string otherwise)
    {
        var startedAt = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds > Visitor.WaitMillisecondsMax)
                throw new TimeoutException(otherwise);
            await Task.Delay(20);
        }
    }
}
