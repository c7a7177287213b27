namespace Scoring.Clients;

/// <summary>A client of the issuer: a web application that keeps its secret on its server.</summary>
/// <param name="Id">The <c>client_id</c>.</param>
/// <param name="Secret">The <c>client_secret</c>.</param>
/// <param name="Sector">The sector of its pairwise subjects (OpenID Connect Core 8.1). Clients of one sector see the same
/// subjects.</param>
/// <param name="Origins">Scheme, host and port of each place where it runs, without a path.</param>
public sealed record IssuerClient(string Id, string Secret, string Sector, IReadOnlyList<Uri> Origins)
{
    /// <summary>The sector of the platform itself: the portal and the token files of the command line.</summary>
    public const string PlatformSector = "scoring";

    /// <summary>The path that takes the authorization code, the default of ASP.NET Core's OpenID Connect handler.</summary>
    public const string SignedInPath = "/signin-oidc";

    /// <summary>The path to return to after a logout, the default of the same handler.</summary>
    public const string SignedOutPath = "/signout-callback-oidc";
}
