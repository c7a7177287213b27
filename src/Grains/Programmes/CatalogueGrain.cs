using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Scoring.Enrolments;

namespace Scoring.Programmes;

/// <summary>See <see cref="ICatalogueGrain"/>.</summary>
[GrainType("catalogue"), Reentrant, StatelessWorker]
internal sealed class CatalogueGrain(CurrentCatalogue catalogue, IOptions<ParticipantOptions> participants) : Grain, ICatalogueGrain
{
    public Task<Catalogue> Current() =>
        Task.FromResult(catalogue.Current() with { Installation = participants.Value.Installation });
}
