using Scoring.Clients;
using Scoring.Keys;

namespace Scoring.People;

/// <summary>
/// Names people to clients by pairwise subjects (OpenID Connect Core 8.1): a keyed hash of sector and person, so that two sectors cannot
/// join what they know. The key stays in the data folder, so a subject is the same after a restart.
/// </summary>
/// <param name="key">The secret of the development set-up.</param>
public sealed class PairwiseSubjects(DerivationKey key)
{
    /// <summary>Returns the subject of a person in a sector.</summary>
    public string Of(Person person, string sector) =>
        sector == IssuerClient.PlatformSector && person.PlatformSubject is { } known ? known : key.Derive("subject", sector, person.Id);
}
