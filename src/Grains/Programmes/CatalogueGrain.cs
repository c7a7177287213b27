using Orleans.Concurrency;

namespace Scoring.Programmes;

/// <summary>See <see cref="ICatalogueGrain"/>.</summary>
[GrainType("catalogue"), Reentrant, StatelessWorker]
internal sealed class CatalogueGrain(CurrentCatalogue catalogue) : Grain, ICatalogueGrain
{
    public Task<Catalogue> Current() => Task.FromResult(catalogue.Current());
}
