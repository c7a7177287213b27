using System.Security.Claims;

namespace Scoring.SignIn;

/// <summary>Tells by which name the platform knows the person who is signed in.</summary>
internal static class PrincipalNames
{
    /// <summary>
    /// Returns the pairwise subject identifier, by which handle proofs name a participant and public acts an administrator. It is the same
    /// in ID token and access token.
    /// </summary>
    public static string? PlatformName(this ClaimsPrincipal person) => person.FindFirst("sub")?.Value;
}
