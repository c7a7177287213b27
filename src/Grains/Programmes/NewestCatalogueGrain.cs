using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Scoring.Enrolments;

namespace Scoring.Programmes;

/// <summary>See <see cref="INewestCatalogueGrain"/>.</summary>
[GrainType("newest-catalogue"), Reentrant, StatelessWorker]
internal sealed class NewestCatalogueGrain(
    NewestCatalogue newest, CurrentCatalogue catalogue, IOptions<ParticipantOptions> participants) : Grain, INewestCatalogueGrain
{
    public async Task<Catalogue> Read()
    {
        await newest.Read();
        return catalogue.Current() with { Installation = participants.Value.Installation };
    }
}
