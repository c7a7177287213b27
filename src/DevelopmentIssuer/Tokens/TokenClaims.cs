using System.Collections.Immutable;
using System.Security.Claims;
using OpenIddict.Abstractions;
using Scoring.People;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Scoring.Tokens;

/// <summary>The claims of a person's tokens.</summary>
internal static class TokenClaims
{
    public const string Roles = "roles";
    public const string AgeOver18 = "age_over_18";

    /// <summary>The <c>aud</c> of access tokens: the platform's API.</summary>
    public const string Audience = "scoring";

    /// <summary>Returns what an access token says about a person. A minor's token has no word about the age.</summary>
    public static Dictionary<string, object> Of(Person person)
    {
        var claims = new Dictionary<string, object> { [Roles] = new[] { person.Role } };
        if (SaysAdult(person)) claims[AgeOver18] = true;
        return claims;
    }

    /// <summary>Builds the principal from which the server makes a client's tokens.</summary>
    /// <param name="person">The person who signed in.</param>
    /// <param name="subject">The person's subject for the client.</param>
    /// <param name="scopes">The scopes that the client asked for.</param>
    /// <param name="signedInAt">When the person chose themselves on the sign-in page.</param>
    public static ClaimsPrincipal Principal(Person person, string subject, ImmutableArray<string> scopes, DateTimeOffset signedInAt)
    {
        var identity = new ClaimsIdentity("person", Claims.Name, Roles);
        identity.SetClaim(Claims.Subject, subject).SetClaim(Claims.Name, person.Name)
            .SetClaim(Claims.AuthenticationTime, signedInAt.ToUnixTimeSeconds());
        identity.SetClaim(Roles, person.Role);
        if (SaysAdult(person)) identity.SetClaim(AgeOver18, true);
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(scopes);
        principal.SetResources(Audience);
        principal.SetDestinations(claim => Destination(claim, scopes));
        return principal;
    }

    /// <summary>Makes the roles a list, as RFC 9068 has them. OpenIddict writes a claim of one value as text.</summary>
    public static ValueTask WriteRoles(GenerateTokenContext context)
    {
        if (context.TokenType is TokenTypeIdentifiers.AccessToken or TokenTypeIdentifiers.IdentityToken
            && context.Principal.GetClaims(Roles) is { IsEmpty: false } roles)
        {
            context.SecurityTokenDescriptor.Claims ??= new Dictionary<string, object>();
            context.SecurityTokenDescriptor.Claims[Roles] = roles.ToArray();
        }
        return ValueTask.CompletedTask;
    }

    private static bool SaysAdult(Person person) => person is { IsAdult: true, Role: "participant" };

    private static string[] Destination(Claim claim, ImmutableArray<string> scopes) => claim.Type switch
    {
        Claims.Name => scopes.Contains(Scopes.Profile) ? [Destinations.IdentityToken] : [],
        Claims.AuthenticationTime => [Destinations.IdentityToken],
        Roles => [Destinations.AccessToken, Destinations.IdentityToken],
        AgeOver18 => [Destinations.AccessToken],
        _ => [],
    };
}
