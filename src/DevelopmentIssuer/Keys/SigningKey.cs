using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Scoring.Keys;

/// <summary>An EC P-256 key pair of the development set-up, as a JSON Web Key (RFC 7517). It is never used outside Development.</summary>
public sealed class SigningKey
{
    private readonly JsonObject _private;

    private SigningKey(JsonObject jwk) => _private = jwk;

    /// <summary>Creates a key.</summary>
    public static SigningKey Create(string keyId)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = ecdsa.ExportParameters(includePrivateParameters: true);
        return new SigningKey(new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["use"] = "sig",
            ["alg"] = "ES256",
            ["kid"] = keyId,
            ["x"] = Base64UrlEncoder.Encode(point.Q.X),
            ["y"] = Base64UrlEncoder.Encode(point.Q.Y),
            ["d"] = Base64UrlEncoder.Encode(point.D),
        });
    }

    /// <summary>Reads a private JSON Web Key.</summary>
    public static SigningKey Read(JsonObject jwk) => new((JsonObject)jwk.DeepClone());

    /// <summary>A copy of the key pair.</summary>
    public JsonObject Private => (JsonObject)_private.DeepClone();

    /// <summary>A copy without the private part.</summary>
    public JsonObject Public
    {
        get
        {
            var key = Private;
            key.Remove("d");
            return key;
        }
    }

    /// <summary>Signs with ES256 and names the key.</summary>
    public SigningCredentials Credentials => new(new JsonWebKey(_private.ToJsonString()), SecurityAlgorithms.EcdsaSha256);

    /// <summary>Returns the key pair with its name, as a provider publishes and uses it.</summary>
    public ECDsaSecurityKey SecurityKey()
    {
        var jwk = new JsonWebKey(_private.ToJsonString());
        return new ECDsaSecurityKey(ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = { X = Base64UrlEncoder.DecodeBytes(jwk.X), Y = Base64UrlEncoder.DecodeBytes(jwk.Y) },
            D = Base64UrlEncoder.DecodeBytes(jwk.D),
        })) { KeyId = jwk.Kid };
    }
}
