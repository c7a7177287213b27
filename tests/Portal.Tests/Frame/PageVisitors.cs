using System.Collections.Concurrent;
using Scoring.Hosting;

namespace Scoring.Frame;

/// <summary>Browsers of the people whom the pages are for, which go from page to page. Each has signed in once.</summary>
public sealed class PageVisitors(SharedPortal portal) : IAsyncLifetime
{
    private readonly ConcurrentDictionary<(string, VisitorSettings), Visitor> _visitors = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        var faults = new List<string>();
        foreach (var visitor in _visitors.Values) faults.AddRange(await visitor.Close());
        faults.ShouldBeEmpty();
    }

    /// <summary>Opens a page in a browser with these settings.</summary>
    internal async Task<Visitor> Open(ListedPage page, VisitorSettings settings)
    {
        var sample = await portal.Sample;
        if (!_visitors.TryGetValue((page.Visitor, settings), out var visitor))
        {
            visitor = _visitors[(page.Visitor, settings)] = await Visitor.Start(portal, settings);
            await visitor.SignIn(page.Visitor, "/");
        }
        await visitor.Open(page.Address(sample));
        return visitor;
    }
}
