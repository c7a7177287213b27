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
    /// Waits until the document is complete. The page is asked: Playwright's own wait for the load event now and then misses one that comes
    /// just before it listens.
    /// </summary>
    public static async Task WaitUntilComplete(this IPage page)
    {
        var startedAt = Stopwatch.GetTimestamp();
        while (await page.EvaluateAsync<string>("() => document.readyState") != "complete")
        {
            if (Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds > Visitor.WaitMillisecondsMax)
                throw new TimeoutException("The page is not complete.");
            await Task.Delay(20);
        }
    }
}
