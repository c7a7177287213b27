using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Scoring.Development;

/// <summary>An EC P-256 key pair of the development set-up, as a JSON Web Key (RFC 7517). It is never used outside Development.</summary>
internal sealed class SigningKey
{
    private readonly JsonObject _private;

    private SigningKey(JsonObject jwk) => _private = jwk;

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

    public static SigningKey Read(JsonObject jwk) => new((JsonObject)jwk.DeepClone());

    public JsonObject Private => (JsonObject)_private.DeepClone();

    public JsonObject Public
    {
        get
        {
            var key = Private;
            key.Remove("d");
            return key;
        }
    }

    public SigningCredentials Credentials => new(new JsonWebKey(_private.ToJsonString()), SecurityAlgorithms.EcdsaSha256);
}
