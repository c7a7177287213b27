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
/// type tells them apart, so that none can be taken for another.
/// </summary>
/// <param name="key">An EC key on P-256 with its private part.</param>
/// <param name="keyId">The key's id in the header.</param>
/// <param name="former">The public keys of earlier receipts.</param>
public sealed class ReceiptSigner(ECDsa key, string keyId, params ImmutableArray<ReceiptKey> former)
{
    /// <summary>The type of a consent receipt.</summary>
    public const string ReceiptType = "consent-receipt+jwt";

    /// <summary>The type of an archive's manifest.</summary>
    public const string ManifestType = "export-manifest+jws";

    /// <summary>The type of a tombstone's statement.</summary>
    public const string ErasureType = "erasure+jws";

    private static readonly JsonSerializerOptions HeaderOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _gate = new();

    /// <summary>The key's id.</summary>
    public string KeyId => keyId;

    /// <summary>The public keys, the one in use first.</summary>
    public ImmutableArray<ReceiptKey> PublicKeys { get; } = [Public(key, keyId), .. former];

    /// <summary>Returns the public part of a key on P-256.</summary>
    public static ReceiptKey Public(ECDsa key, string keyId)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new ReceiptKey(
            keyId, "EC", "P-256", Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y), "sig", "ES256");
    }

    /// <summary>Signs a payload and returns the JWS in compact form.</summary>
    public string Sign(ReadOnlySpan<byte> payload, string type = ReceiptType)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = "ES256", kid = keyId, typ = type }, HeaderOptions);
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        byte[] signature;
        lock (_gate)
        {
            signature = key.SignData(
                Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }
}
