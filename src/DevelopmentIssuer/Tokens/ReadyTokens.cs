using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Scoring.Clients;
using Scoring.Hosting;
using Scoring.People;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Scoring.Tokens;

/// <summary>
/// Makes access tokens for use without a browser, with the issuer's name and key. People have the same subject in them as in the portal's
/// tokens, since the command line is of the platform's sector. The tokens are valid for one day.
/// </summary>
/// <param name="issuer">The issuer's name, <c>iss</c>.</param>
/// <param name="setup">The issuer's key and names.</param>
/// <param name="time">The machine's clock.</param>
public sealed class ReadyTokens(string issuer, IssuerSetup setup, TimeProvider time)
{
    /// <summary>The <c>client_id</c> of the tokens.</summary>
    public const string Client = "command-line";

    /// <summary>The <c>aud</c> of the tokens.</summary>
    public const string Audience = TokenClaims.Audience;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly PairwiseSubjects _subjects = new(setup.Names);

    /// <summary>The <c>iss</c> of the tokens.</summary>
    public string Issuer => issuer;

    /// <summary>Makes the token of a source.</summary>
    public string ForSource(string source) =>
        Token(source, new() { [TokenClaims.Roles] = new[] { "source" }, ["source"] = source });

    /// <summary>Makes the token of a service.</summary>
    public string ForService(string service) =>
        Token(service, new() { [TokenClaims.Roles] = new[] { "service" }, ["service"] = service });

    /// <summary>Makes the token of a made-up person.</summary>
    public string ForPerson(Person person) =>
        Token(_subjects.Of(person, IssuerClient.PlatformSector), TokenClaims.Of(person));

    private string Token(string subject, Dictionary<string, object> claims)
    {
        var now = time.GetUtcNow().UtcDateTime;
        claims[Claims.Subject] = subject;
        claims[Claims.ClientId] = Client;
        claims[Claims.JwtId] = Guid.NewGuid().ToString();
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = JsonWebTokenTypes.AccessToken,
            Issuer = issuer,
            Audience = Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            Claims = claims,
            SigningCredentials = setup.Key.Credentials,
        });
    }
}
