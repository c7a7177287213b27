using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Scoring.Verify.Archives;

/// <summary>The platform's public receipt keys, and what they have signed (JWS by ES256).</summary>
/// <param name="Keys">A JSON Web Key Set.</param>
public sealed record ReceiptKeys(JsonObject Keys)
{
    /// <summary>Whether a compact JWS of a type is signed by one of the keys over these very bytes.</summary>
    public bool HasSigned(string jws, ReadOnlySpan<byte> payload, string type)
    {
        var parts = jws.Trim().Split('.');
        return parts.Length == 3 && parts[1] == Base64Url.EncodeToString(payload) && HasSigned(parts[0], parts[1], parts[2], type);
    }

    /// <summary>The same for a signature whose payload is kept elsewhere (RFC 7515, appendix F).</summary>
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
