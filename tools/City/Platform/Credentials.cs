using System.Text.Json.Nodes;

namespace Scoring.City.Platform;

/// <summary>Issues access tokens and handle proofs for synthetic participants. Both use the machine's clock.</summary>
public sealed class Credentials(StandaloneFile standalone, TimeProvider time) : IDisposable
{
    /// <summary>How long a participant's token is valid.</summary>
    public static readonly TimeSpan TokenLife = TimeSpan.FromHours(2);

    /// <summary>How long a handle proof is valid. The platform accepts at most ten minutes.</summary>
    public static readonly TimeSpan ProofLife = TimeSpan.FromMinutes(5);

    private readonly JwsSigner _issuer = new(standalone.Issuer.SigningKey);
    private readonly Dictionary<string, JwsSigner> _sources = standalone.Sources.ToDictionary(s => s.Id, s => new JwsSigner(s.SigningKey));

    /// <summary>Issues an access token for an adult with the role participant.</summary>
    public string ParticipantToken(string participant)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return _issuer.Sign("at+jwt", new JsonObject
        {
            ["iss"] = standalone.Issuer.Issuer,
            ["aud"] = standalone.Issuer.Audience,
            ["sub"] = participant,
            ["roles"] = new JsonArray("participant"),
            ["age_over_18"] = true,
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + (long)TokenLife.TotalSeconds,
        });
    }

    /// <summary>Issues a source's signed proof that a handle belongs to a participant.</summary>
    public string HandleProof(string source, string handle, string programme, string participant)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var proof = new JsonObject
        {
            ["handle"] = handle,
            ["programme"] = programme,
            ["sub"] = participant,
            ["iss"] = source,
            ["iat"] = now,
            ["exp"] = now + (long)ProofLife.TotalSeconds,
        };
        if (standalone.Installation is { } installation) proof["aud"] = installation;
        return _sources[source].Sign("JWT", proof);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _issuer.Dispose();
        foreach (var signer in _sources.Values) signer.Dispose();
    }
}
