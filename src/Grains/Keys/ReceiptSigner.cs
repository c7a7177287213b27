using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Scoring.Receipts;

namespace Scoring.Keys;

/// <summary>
/// Signs consent receipts, archives and tombstones: JWS in compact form (RFC 7515) by ES256 with the platform's receipt key. The header's
/// type says
/// which of them it is, so that none can be taken for another.
/// </summary>
/// <param name="key">An EC key on P-256 with its private part.</param>
/// <param name="keyId">Its name in the header.</param>
/// <param name="former">Public keys that receipts were signed by before.</param>
public sealed class ReceiptSigner(ECDsa key, string keyId, params ImmutableArray<ReceiptKey> former)
{
    /// <summary>Type of a consent receipt.</summary>
    public const string ReceiptType = "consent-receipt+jwt";

    /// <summary>Type of an archive's manifest.</summary>
    public const string ManifestType = "export-manifest+jws";

    /// <summary>Type of what a tombstone says.</summary>
    public const string ErasureType = "erasure+jws";

    private static readonly JsonSerializerOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _turn = new();

    /// <summary>The key's name.</summary>
    public string KeyId => keyId;

    /// <summary>The public keys, the one in use first.</summary>
    public ImmutableArray<ReceiptKey> PublicKeys { get; } = [Public(key, keyId), .. former];

    /// <summary>The public part of a key on P-256.</summary>
    public static ReceiptKey Public(ECDsa key, string keyId)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new ReceiptKey(
            keyId, "EC", "P-256", Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y), "sig", "ES256");
    }

    /// <summary>The signed form of a payload.</summary>
    public string Sign(ReadOnlySpan<byte> payload, string type = ReceiptType)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = "ES256", kid = keyId, typ = type }, Form);
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        byte[] signature;
        lock (_turn)
            signature = key.SignData(
                Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }
}
