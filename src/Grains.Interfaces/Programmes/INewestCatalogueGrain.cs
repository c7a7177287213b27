using Scoring.Hosting;

namespace Scoring.Programmes;

/// <summary>Serves the newest catalogue, for a gateway that misses a name. A stateless worker with key 0.</summary>
[Alias("scoring.INewestCatalogueGrain"), GrainInterfaceType("newest-catalogue")]
public interface INewestCatalogueGrain : IGrainWithIntegerKey
{
    /// <summary>Reads from the database what is published and registered after this call, and returns its catalogue.</summary>
    /// <exception cref="Ledger.LedgerUnavailableException">The database cannot be read.</exception>
    /// <exception cref="Scores.RuleBookStaleException">What the database holds has faults.</exception>
    [Alias("Read"), AnySilo]
    Task<Catalogue> Read();
}
