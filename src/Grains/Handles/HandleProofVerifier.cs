using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Programmes;

namespace Scoring.Handles;

/// <summary>A handle that belongs to the participant, by its source's proof.</summary>
/// <param name="Source">The source that uses it.</param>
/// <param name="Handle">The handle.</param>
/// <param name="ProvedAt">The instant at which the source issued the proof.</param>
internal sealed record ProvedHandle(string Source, string Handle, DateTimeOffset ProvedAt);

/// <summary>
/// Verifies handle proofs: JWS by ES256 with one of the source's registered keys, for this installation. Times are compared with the
/// machine's clock. Every reason to refuse gives the same answer.
/// </summary>
internal sealed partial class HandleProofVerifier(
    CurrentCatalogue catalogue, TimeProvider time, IOptions<ParticipantOptions> options, ILogger<HandleProofVerifier> log)
{
    private static readonly JsonWebTokenHandler Tokens = new() { MapInboundClaims = false };

    /// <summary>The parsed keys of the current catalogue's sources. A renewed catalogue has other objects, so no old key stays.</summary>
    private readonly ConditionalWeakTable<Source, JsonWebKey[]> _keys = [];

    /// <summary>The sources that were logged because they send no audience, so that each is logged once a process.</summary>
    private readonly ConcurrentDictionary<string, bool> _withoutAudience = new(StringComparer.Ordinal);

    /// <summary>
    /// Returns the proved handles in the order of the proofs; <see langword="null"/> when a proof is invalid or two name the same handle.
    /// </summary>
    public async Task<IReadOnlyList<ProvedHandle>?> Verify(IReadOnlyList<string> proofs, string participant, KnownProgramme programme)
    {
        if (proofs.Count is 0 || proofs.Count > Math.Min(options.Value.ProofsMax, options.Value.HandlesMax)) return null;
        var proved = new List<ProvedHandle>(proofs.Count);
        foreach (var proof in proofs)
        {
            if (await Verify(proof, participant, programme) is not { } handle) return null;
            if (proved.Exists(other => other.Source == handle.Source && other.Handle == handle.Handle)) return null;
            proved.Add(handle);
        }
        return proved;
    }

    private async Task<ProvedHandle?> Verify(string proof, string participant, KnownProgramme programme)
    {
        if (proof is null || proof.Length > options.Value.ProofCharsMax) return null;
        var result = await Tokens.ValidateTokenAsync(proof, Parameters());
        if (!result.IsValid || result.SecurityToken is not JsonWebToken token) return null;
        if (!token.TryGetPayloadValue<long>("iat", out var issued) || !token.TryGetPayloadValue<long>("exp", out var expires)) return null;
        if (!IsCurrent(issued, expires) || !IsForInstallation(token)) return null;
        if (!token.TryGetPayloadValue<string>("handle", out var handle) || handle is null || !HandlePattern().IsMatch(handle)) return null;
        if (!token.TryGetPayloadValue<string>("programme", out var named) || named != programme.Programme.Id.Value) return null;
        if (!token.TryGetPayloadValue<string>("sub", out var subject) || subject != participant) return null;
        if (catalogue.Source(token.Issuer) is not { } source || !programme.TakesFrom(source.Family)) return null;
        if (!HasAudience(token)) NoteWithoutAudience(source.Id);
        return new ProvedHandle(source.Id, handle, DateTimeOffset.FromUnixTimeSeconds(issued));
    }

    private static bool HasAudience(JsonWebToken token) => token.TryGetPayloadValue<object>("aud", out _);

    /// <summary>
    /// Tells whether the proof was made for this installation alone. A proof for several could be used at another one of them.
    /// </summary>
    private bool IsForInstallation(JsonWebToken token) => HasAudience(token)
        ? options.Value.Installation.Length > 0 && token.Audiences.ToArray() is [var audience] && audience == options.Value.Installation
        : options.Value.ProofsWithoutAudience;

    private void NoteWithoutAudience(string source)
    {
        GrainMetrics.ProofsWithoutAudience.Add(1);
        if (_withoutAudience.TryAdd(source, true)) LogWithoutAudience(log, source);
    }

    [LoggerMessage(2711, LogLevel.Warning, "Handle proofs of {Source} name no audience; a later release refuses them")]
    private static partial void LogWithoutAudience(ILogger logger, string source);

    private bool IsCurrent(long issued, long expires)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return issued > 0 && issued <= now + options.Value.ProofSkewSeconds && expires > now && expires > issued
            && expires - issued <= options.Value.ProofLifetimeSecondsMax;
    }

    private TokenValidationParameters Parameters() => new()
    {
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        RequireSignedTokens = true,
        TryAllIssuerSigningKeys = false,
        ValidateIssuerSigningKey = true,
        ValidateAudience = false,
        ValidateLifetime = false,
        IssuerValidator = (issuer, _, _) => catalogue.Source(issuer) is null ? throw new SecurityTokenInvalidIssuerException() : issuer,
        IssuerSigningKeyResolver = (_, token, keyId, _) => KeysOf(token.Issuer, keyId),
    };

    private IEnumerable<SecurityKey> KeysOf(string issuer, string keyId) => catalogue.Source(issuer) is { } source
        ? _keys.GetValue(source, static known => [.. known.Keys.Select(key => new JsonWebKey(key))])
            .Where(key => key.Kid == keyId && key.Kty == JsonWebAlgorithmsKeyTypes.EllipticCurve)
        : [];

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{16,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex HandlePattern();
}
