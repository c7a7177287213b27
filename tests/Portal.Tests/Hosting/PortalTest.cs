namespace Scoring.Hosting;

/// <summary>A test of pages. It fails when a browser that it used has met a fault, also one that the test does not look for.</summary>
[Collection<SharedPortalCollection>]
public abstract class PortalTest(SharedPortal portal) : IAsyncLifetime
{
    private readonly List<Visitor> _visitors = [];
    private readonly List<HttpVisit> _visits = [];

    protected SharedPortal Portal => portal;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var visit in _visits) visit.Dispose();
        var faults = new List<string>();
        foreach (var visitor in _visitors) faults.AddRange(await visitor.Close());
        faults.ShouldBeEmpty();
    }

    /// <summary>Opens a browser of a person who was never here.</summary>
    internal async Task<Visitor> Visit(VisitorSettings? settings = null)
    {
        var visitor = await Visitor.Start(portal, settings ?? new VisitorSettings());
        _visitors.Add(visitor);
        return visitor;
    }

    /// <summary>Begins a visit without a browser.</summary>
    internal HttpVisit VisitByHttp()
    {
        var visit = new HttpVisit(portal);
        _visits.Add(visit);
        return visit;
    }
}
