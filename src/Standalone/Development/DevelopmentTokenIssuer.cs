using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Scoring.Development;

/// <summary>Issues access tokens of the development issuer. They are valid for one day.</summary>
internal sealed class DevelopmentTokenIssuer(DevelopmentCity city, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    public string ForSource(string source) => Token("source", source, ("source", source));

    public string ForService(string service) => Token("service", service, ("service", service));

    /// <summary>Issues the token of an adult, who may enrol.</summary>
    public string ForParticipant(string subject) => Token("participant", subject, ("age_over_18", true));

    public string ForRole(string role, string subject) => Token(role, subject);

    private string Token(string role, string subject, params (string Name, object Value)[] claims)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var allClaims = new Dictionary<string, object> { ["sub"] = subject, ["roles"] = new[] { role } };
        foreach (var (name, value) in claims) allClaims[name] = value;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            Issuer = DevelopmentCity.Issuer,
            Audience = DevelopmentCity.Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            Claims = allClaims,
            SigningCredentials = city.IssuerKey.Credentials,
        });
    }
}
