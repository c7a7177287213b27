using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Scoring.Keys;

/// <summary>Signs consent receipts: JWS in compact form (RFC 7515) by ES256 with the platform's receipt key.</summary>
/// <param name="key">An EC key on P-256 with its private part.</param>
/// <param name="keyId">Its name in the header.</param>
public sealed class ReceiptSigner(ECDsa key, string keyId)
{
    private readonly string _header = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(
        new { alg = "ES256", kid = keyId, typ = "consent-receipt+jwt" }));

    private readonly Lock _turn = new();

    /// <summary>The key's name.</summary>
    public string KeyId => keyId;

    /// <summary>The signed form of a payload.</summary>
    public string Sign(ReadOnlySpan<byte> payload)
    {
        var signed = $"{_header}.{Base64Url.EncodeToString(payload)}";
        byte[] signature;
        lock (_turn)
            signature = key.SignData(
                Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }
}
