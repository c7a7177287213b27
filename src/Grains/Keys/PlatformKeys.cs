using System.Buffers.Binary;
using System.Security.Cryptography;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Keys;

/// <summary>
/// The platform's secret keys, from a key file outside the database. Each has one use. None is ever printed.
/// </summary>
public sealed class PlatformKeys(byte[] locator, byte[] handle, byte[] grant, byte[] reference)
{
    // No list of parts begins like this: its first length would be negative. So nothing else is hashed alike under the locators' key.
    private readonly byte[] _erasure = HMACSHA256.HashData(locator, (byte[])[0xFF, 0xFF, 0xFF, 0xFF, .. "erasures"u8]);

    /// <summary>Least length of a key in bytes.</summary>
    public const int KeyBytes = 32;

    /// <summary>The way from a participant to one subject in one programme: 32 bytes.</summary>
    public byte[] Locator(string participant, ProgrammeId programme, int ordinal) =>
        Keyed(locator, participant, programme.Value, ordinal.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>What is stored in a handle's stead: 32 bytes.</summary>
    public byte[] HandleHash(string source, ProgrammeId programme, string token) => Keyed(handle, source, programme.Value, token);

    /// <summary>What is stored in a grant token's stead, bound to its service: 32 bytes.</summary>
    public byte[] GrantHash(string service, string token) => Keyed(grant, service, token);

    /// <summary>
    /// What is stored in an audit code's stead: 32 bytes. No service's name has a space, so no grant's hash is ever the same.
    /// </summary>
    public byte[] AuditCodeHash(string code) => Keyed(grant, "audit code", code);

    /// <summary>
    /// The reference of a grant's answer in one validity window, 16 bytes: the same whether the grant leads anywhere or not.
    /// </summary>
    public Guid Reference(byte[] grantHash, long window)
    {
        Span<byte> input = stackalloc byte[40];
        grantHash.CopyTo(input);
        BinaryPrimitives.WriteInt64BigEndian(input[32..], window);
        return new Guid(HMACSHA256.HashData(reference, input).AsSpan(0, 16), bigEndian: true);
    }

    /// <summary>
    /// What stands for an erased subject in the list outside the database: 32 bytes, under a key drawn from the locators' key for this use
    /// alone.
    /// </summary>
    public byte[] ErasureHash(SubjectId subject)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, subject.Value);
        return HMACSHA256.HashData(_erasure, number);
    }

    /// <summary>The grant token by which a service tries its integration; it leads to a made-up subject.</summary>
    public string TestGrant(string service) =>
        System.Buffers.Text.Base64Url.EncodeToString(Keyed(reference, "test grant", service));

    /// <summary>An event's key: the first 16 bytes of SHA-256 over source and id, each behind its length.</summary>
    public static Guid EventKey(string source, string id) =>
        new(SHA256.HashData(LengthPrefixedParts.Join(source, id)).AsSpan(0, 16), bigEndian: true);

    private static byte[] Keyed(byte[] key, params ReadOnlySpan<string> parts) => HMACSHA256.HashData(key, LengthPrefixedParts.Join(parts));
}
