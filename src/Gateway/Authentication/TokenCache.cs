using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Scoring.Authentication;

/// <summary>
/// Keeps which tokens of sources and services are valid, so that their next requests need no signature check. A token is kept as its
/// SHA-256 with the claims that the gateway reads, until it expires or the issuer's keys change. Tokens of people are not kept: memory
/// holds no list of people, and a person sends few requests with one token.
/// </summary>
internal sealed class TokenCache(IOptions<TokenOptions> options, TimeProvider time) : IDisposable
{
    private const string Prefix = "Bearer ";

    private static readonly string[] ClaimsRead =
        [Claims.Roles, Claims.Subject, Claims.Source, Claims.Service, Claims.ClientId, Claims.AuthorizedParty];

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = options.Value.CacheEntriesMax });
    private readonly TimeSpan _skew = TimeSpan.FromSeconds(options.Value.ClockSkewSeconds);

    /// <summary>Signs the caller in when the token is known and would be valid if it were checked now.</summary>
    public async Task Recognize(MessageReceivedContext context)
    {
        if (HashOf(context.Request) is not { } hash || Find(hash) is not { } known) return;
        // This also lets the authority's configuration renew itself, as a full check does.
        if (IsTimely(known) && ReferenceEquals(known.Issuer, await IssuerOf(context.Options, context.HttpContext.RequestAborted)))
        {
            context.Principal = known.Principal;
            context.Success();
        }
        else
        {
            _known.Remove(hash);
        }
    }

    /// <summary>Keeps a token of a source or a service that was checked and is valid.</summary>
    public async Task Keep(TokenValidatedContext context)
    {
        if (options.Value.CacheEntriesMax == 0 || HashOf(context.Request) is not { } hash) return;
        if (context is not { SecurityToken: JsonWebToken token, Principal: { } principal } || !IsMachine(principal)) return;
        context.Principal = WithoutToken(principal);
        var issuer = await IssuerOf(context.Options, context.HttpContext.RequestAborted);
        var keys = issuer?.SigningKeys ?? context.Options.TokenValidationParameters.IssuerSigningKeys;
        // The library still accepts former keys of the authority for an hour. Such a token is checked each time.
        if (!keys.Contains(token.SigningKey)) return;
        var known = new KnownToken(context.Principal, issuer, token.ValidFrom, token.ValidTo);
        _known.Set(hash, known, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpiration = token.ValidTo });
    }

    /// <summary>Returns what is known of a token, valid or not; <see langword="null"/> for an unknown one.</summary>
    internal KnownToken? Find(TokenHash hash) => _known.Get<KnownToken>(hash);

    /// <summary>The SHA-256 of a token's characters.</summary>
    internal static TokenHash HashOf(ReadOnlySpan<char> token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(token), hash);
        return MemoryMarshal.Read<TokenHash>(hash);
    }

    /// <inheritdoc/>
    public void Dispose() => _known.Dispose();

    // The token is what the library's handler takes from the header.
    private static TokenHash? HashOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? HashOf(header.AsSpan(Prefix.Length).Trim()) : null;
    }

    private static async ValueTask<OpenIdConnectConfiguration?> IssuerOf(JwtBearerOptions bearer, CancellationToken cancellationToken) =>
        bearer.ConfigurationManager is { } authority ? await authority.GetConfigurationAsync(cancellationToken) : null;

    private static bool IsMachine(ClaimsPrincipal principal) =>
        (principal.IsInRole(Roles.Source) || principal.IsInRole(Roles.Service))
        && !principal.IsInRole(Roles.Participant) && !principal.IsInRole(Roles.Auditor) && !principal.IsInRole(Roles.Administrator);

    /// <summary>The library's identity holds the token's text. This one holds the claims alone, from the first request on.</summary>
    private static ClaimsPrincipal WithoutToken(ClaimsPrincipal principal)
    {
        var identity = (CaseSensitiveClaimsIdentity)principal.Identity!;
        return new ClaimsPrincipal(new CaseSensitiveClaimsIdentity(
            identity.Claims.Where(claim => ClaimsRead.Contains(claim.Type)),
            identity.AuthenticationType, identity.NameClaimType, identity.RoleClaimType));
    }

    private bool IsTimely(KnownToken token)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return token.ValidFrom <= now + _skew && now - _skew <= token.ValidTo;
    }
}

/// <summary>The SHA-256 of a token.</summary>
internal readonly record struct TokenHash(UInt128 High, UInt128 Low);

/// <summary>A token that was checked and is valid.</summary>
/// <param name="Principal">The caller, with the claims that the gateway reads.</param>
/// <param name="Issuer">The authority's configuration whose key signed it; <see langword="null"/> with keys of the gateway's own.</param>
/// <param name="ValidFrom">When it begins, in UTC.</param>
/// <param name="ValidTo">When it expires, in UTC.</param>
internal sealed record KnownToken(
    ClaimsPrincipal Principal, OpenIdConnectConfiguration? Issuer, DateTime ValidFrom, DateTime ValidTo);
