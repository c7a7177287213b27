using System.ComponentModel.DataAnnotations;
using Scoring.Settings;

namespace Scoring.Authentication;

/// <summary>Says which access tokens the gateway accepts, in the configuration section <c>Gateway:Tokens</c>.</summary>
public sealed class TokenOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Gateway:Tokens";

    /// <summary>An OpenID Connect issuer whose keys the gateway fetches and renews; empty when the keys are configured here.</summary>
    public string Authority { get; set; } = "";

    /// <summary>
    /// The <c>iss</c> that tokens must have. Required with configured keys; otherwise the authority's own is the default.
    /// </summary>
    public string Issuer { get; set; } = "";

    /// <summary>The <c>aud</c> that tokens must have.</summary>
    [Required]
    public string Audience { get; set; } = "scoring";

    /// <summary>
    /// The <c>typ</c> that tokens must have, with or without <c>application/</c> (RFC 9068). It tells access tokens from the issuer's other
    /// tokens. Set <c>JWT</c> only for an issuer that cannot send the standard's type.
    /// </summary>
    [Required]
    public string Type { get; set; } = "at+jwt";

    /// <summary>Public keys, a JSON Web Key Set (RFC 7517) as text. They take precedence over the authority's.</summary>
    public string Jwks { get; set; } = "";

    /// <summary>A file with such a set, read once at start. It is used when <see cref="Jwks"/> is empty.</summary>
    [NamesPath]
    public string JwksFile { get; set; } = "";

    /// <summary>Whether the authority must be reached over TLS.</summary>
    public bool RequireHttps { get; set; } = true;

    /// <summary>By how many seconds the issuer's clock and the gateway's may differ.</summary>
    [Range(0, 300)]
    public int ClockSkewSeconds { get; set; } = 30;

    /// <summary>
    /// Of how many tokens of sources and services the gateway keeps that they are valid, so that not each request needs a signature check.
    /// With 0 it checks each time.
    /// </summary>
    [Range(0, 100_000)]
    public int CacheEntriesMax { get; set; } = 1000;
}
