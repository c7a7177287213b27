using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scoring.City.Platform;

/// <summary>Signs compact JWS with ES256 and one private JSON Web Key.</summary>
public sealed class JwsSigner : IDisposable
{
    private readonly ECDsa _key;
    private readonly string _kid;
    private readonly Lock _lock = new();

    /// <summary>Creates a signer from a private EC P-256 key with a <c>kid</c>.</summary>
    /// <exception cref="CityException">The key is malformed or of another type.</exception>
    public JwsSigner(JsonElement jwk)
    {
        try
        {
            _kid = Member(jwk, "kid");
            _key = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = { X = Base64Url.DecodeFromChars(Member(jwk, "x")), Y = Base64Url.DecodeFromChars(Member(jwk, "y")) },
                D = Base64Url.DecodeFromChars(Member(jwk, "d")),
            });
        }
        catch (Exception exception) when (exception is KeyNotFoundException or FormatException or CryptographicException)
        {
            throw new CityException("A signing key in the standalone file is not a private EC P-256 JSON Web Key with a kid.");
        }
    }

    /// <summary>Returns the payload as a signed compact JWS.</summary>
    public string Sign(string type, JsonObject payload)
    {
        var header = new JsonObject { ["alg"] = "ES256", ["typ"] = type, ["kid"] = _kid };
        var signed = $"{Part(header)}.{Part(payload)}";
        byte[] signature;
        lock (_lock) signature = _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static string Part(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private static string Member(JsonElement jwk, string name) => jwk.GetProperty(name).GetString() ?? throw new FormatException(name);
}
