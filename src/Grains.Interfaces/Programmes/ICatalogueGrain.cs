using Scoring.Hosting;

namespace Scoring.Programmes;

/// <summary>Serves the catalogue of what is published. A stateless worker with key 0.</summary>
[Alias("scoring.ICatalogueGrain"), GrainInterfaceType("catalogue")]
public interface ICatalogueGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the catalogue as this silo knows it, at most a minute behind the database.</summary>
    /// <exception cref="Scores.RuleBookStaleException">The silo has no catalogue yet.</exception>
    [Alias("Current"), AnySilo]
    Task<Catalogue> Current();
}
