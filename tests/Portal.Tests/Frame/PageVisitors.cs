using System.Collections.Concurrent;
using Scoring.Hosting;

namespace Scoring.Frame;

/// <summary>Browsers of the person with the sample subject, which go from page to page. Each has signed in once.</summary>
public sealed class PageVisitors(SharedPortal portal) : IAsyncLifetime
{
    private readonly ConcurrentDictionary<VisitorSettings, Visitor> _visitors = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in _visitors.Values) await visitor.Close();
    }

    /// <summary>Opens a page in a browser with these settings.</summary>
    internal async Task<Visitor> Open(ListedPage page, VisitorSettings settings)
    {
        var sample = await portal.Sample;
        if (!_visitors.TryGetValue(settings, out var visitor))
        {
            visitor = _visitors[settings] = await Visitor.Start(portal, settings);
            await visitor.SignIn(SampleSubject.Person);
        }
        await visitor.Open(page.Address(sample));
        return visitor;
    }
}
