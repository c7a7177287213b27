using Scoring.Clients;
using Scoring.Keys;
using Scoring.Linking;

namespace Scoring.Hosting;

/// <summary>What the issuer keeps from one start to the next.</summary>
/// <param name="Key">Signs the tokens.</param>
/// <param name="Names">Derives pairwise subjects and handles.</param>
/// <param name="PortalSecret">The <c>client_secret</c> of the portal.</param>
/// <param name="Installation">The installation of the platform, which handle proofs are for.</param>
/// <param name="Sources">The sources whose linking page the issuer plays.</param>
public sealed record IssuerSetup(
    SigningKey Key, DerivationKey Names, string PortalSecret, string Installation, IReadOnlyList<LinkingSource> Sources)
{
    /// <summary>The <c>client_id</c> of the portal.</summary>
    public const string PortalId = "portal";

    /// <summary>Returns the registration of the portal at an origin.</summary>
    public IssuerClient Portal(Uri origin) => new(PortalId, PortalSecret, IssuerClient.PlatformSector, [origin]);
}
