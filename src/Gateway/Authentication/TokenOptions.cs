using System.ComponentModel.DataAnnotations;

namespace Scoring.Authentication;

/// <summary>Whose access tokens are taken, in the configuration section <c>Gateway:Tokens</c>.</summary>
public sealed class TokenOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Gateway:Tokens";

    /// <summary>An OpenID Connect issuer whose keys are fetched and renewed; or empty when the keys are given here.</summary>
    public string Authority { get; set; } = "";

    /// <summary>The <c>iss</c> that tokens must have; needed with given keys, else the authority's own.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>The <c>aud</c> that tokens must have.</summary>
    [Required]
    public string Audience { get; set; } = "scoring";

    /// <summary>Public keys, a JSON Web Key Set (RFC 7517) as text. Takes precedence over the authority.</summary>
    public string Jwks { get; set; } = "";

    /// <summary>A file with such a set, read once at start; used when <see cref="Jwks"/> is empty.</summary>
    public string JwksFile { get; set; } = "";

    /// <summary>Whether the authority must be reached over TLS.</summary>
    public bool RequireHttps { get; set; } = true;

    /// <summary>How far clocks may differ, in seconds.</summary>
    [Range(0, 300)]
    public int ClockSkewSeconds { get; set; } = 30;
}
