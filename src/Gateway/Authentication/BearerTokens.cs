using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Scoring.Authentication;

/// <summary>Configures the validation of access tokens (RFC 9068, RFC 8725): type, algorithms, issuer, audience and lifetime.</summary>
internal sealed class BearerTokens(IOptions<TokenOptions> tokens, TokenCache cache) : IConfigureNamedOptions<JwtBearerOptions>
{
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
    ];

    /// <summary>SHA-256 of the request's access token, in base64url: evidence of the caller that names no person.</summary>
    public static string Hash(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(header[(header.IndexOf(' ') + 1)..].Trim())));
    }

    /// <inheritdoc/>
    public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

    /// <inheritdoc/>
    public void Configure(string? name, JwtBearerOptions options)
    {
        var value = tokens.Value;
        var keys = TokenKeys.Of(value);
        if (keys.Count == 0) options.Authority = value.Authority;
        options.RequireHttpsMetadata = value.RequireHttps;
        options.MapInboundClaims = false;
        options.IncludeErrorDetails = false; // the answer does not say why a token is refused
        options.SaveToken = false;
        options.Events = new JwtBearerEvents { OnMessageReceived = cache.Recognize, OnTokenValidated = cache.Keep };
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidTypes = [value.Type, "application/" + value.Type],
            ValidAlgorithms = Algorithms,
            ValidAudience = value.Audience,
            ValidIssuer = value.Issuer.Length > 0 ? value.Issuer : null,
            IssuerSigningKeys = keys,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ClockSkew = TimeSpan.FromSeconds(value.ClockSkewSeconds),
            NameClaimType = Claims.Subject,
            RoleClaimType = Claims.Roles,
        };
    }
}
