using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace Scoring.Verify.Archives;

/// <summary>The platform's public receipt keys. They verify JWS signatures (ES256).</summary>
/// <param name="Keys">A JSON Web Key Set.</param>
public sealed record ReceiptKeys(JsonObject Keys)
{
    private const int CoordinateBytes = 32;

    private static readonly X9ECParameters P256 = NistNamedCurves.GetByName("P-256");

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
            var message = SHA256.HashData(Encoding.ASCII.GetBytes($"{header}.{payload}"));
            return HasSigned(key, message, Base64Url.DecodeFromChars(signature));
        }
        catch (Exception exception) when (exception is FormatException or System.Text.Json.JsonException or ArgumentException
            or InvalidOperationException or NullReferenceException)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether a key signed a digest with ECDSA on P-256. In managed code, because a browser's runtime has no ECDSA of its own.
    /// </summary>
    private static bool HasSigned(JsonNode key, byte[] digest, byte[] signature)
    {
        if (signature.Length != 2 * CoordinateBytes) return false;
        var point = P256.Curve.CreatePoint(Coordinate(key["x"]), Coordinate(key["y"]));
        var signer = new ECDsaSigner();
        signer.Init(false, new ECPublicKeyParameters(point, new ECDomainParameters(P256)));
        return signer.VerifySignature(
            digest, new BigInteger(1, signature, 0, CoordinateBytes), new BigInteger(1, signature, CoordinateBytes, CoordinateBytes));
    }

    private static BigInteger Coordinate(JsonNode? text) => new(1, Base64Url.DecodeFromChars((string)text!));
}
