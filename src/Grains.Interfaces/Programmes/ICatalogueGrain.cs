namespace Scoring.Programmes;

/// <summary>Answers what is published. A stateless worker with key 0.</summary>
[Alias("scoring.ICatalogueGrain"), GrainInterfaceType("catalogue")]
public interface ICatalogueGrain : IGrainWithIntegerKey
{
    /// <summary>The catalogue as this silo knows it, at most a minute behind the database.</summary>
    [Alias("Current")]
    Task<Catalogue> Current();
}
