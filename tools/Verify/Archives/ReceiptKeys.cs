using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Scoring.Verify.Archives;

/// <summary>The platform's public receipt keys. They verify JWS signatures (ES256).</summary>
/// <param name="Keys">A JSON Web Key Set.</param>
public sealed record ReceiptKeys(JsonObject Keys)
{
    /// <summary>Whether one of the keys signed a compact JWS of a type over exactly these bytes.</summary>
    public bool HasSigned(string jws, ReadOnlySpan<byte> payload, string type)
    {
        var parts = jws.Trim().Split('.');
        return parts.Length == 3 && parts[1] == Base64Url.EncodeToString(payload) && HasSigned(parts[0], parts[1], parts[2], type);
    }

    /// <summary>Whether one of the keys signed a JWS with detached content (RFC 7515, appendix F).</summary>
    public bool HasSignedDetached(string jws, ReadOnlySpan<byte> payload, string type)
    {
        var parts = jws.Split('.');
        return parts is [_, "", _] && HasSigned(parts[0], Base64Url.EncodeToString(payload), parts[2], type);
    }

    private bool HasSigned(string header, string payload, string signature, string type)
    {
        try
        {
            var read = JsonNode.Parse(Base64Url.DecodeFromChars(header))!;
            if ((string?)read["alg"] != "ES256" || (string?)read["typ"] != type) return false;
            var key = Keys["keys"]!.AsArray().FirstOrDefault(one => (string?)one!["kid"] == (string?)read["kid"]);
            if (key is null) return false;
            using var ecdsa = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = { X = Base64Url.DecodeFromChars((string)key["x"]!), Y = Base64Url.DecodeFromChars((string)key["y"]!) },
            });
            return ecdsa.VerifyData(
                Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256);
        }
        catch (Exception exception) when (exception is FormatException or System.Text.Json.JsonException or CryptographicException
            or InvalidOperationException or NullReferenceException)
        {
            return false;
        }
    }
}
