using System.Buffers.Binary;
using System.Security.Cryptography;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Keys;

/// <summary>
/// The platform's secret keys, from a key file outside the database. Each key has one use. None is ever printed.
/// </summary>
/// <param name="locator">The key of locators, at least 32 bytes.</param>
/// <param name="handle">The key of handles' hashes, at least 32 bytes.</param>
/// <param name="grant">The key of grants' and audit codes' hashes, at least 32 bytes.</param>
/// <param name="reference">The key of answers' references and test grants, at least 32 bytes.</param>
public sealed class PlatformKeys(byte[] locator, byte[] handle, byte[] grant, byte[] reference)
{
    private const int InputBytesUsual = 512; // texts that are longer take new memory

    private readonly KeyedHash _locators = new(locator);
    private readonly KeyedHash _handles = new(handle);
    private readonly KeyedHash _grants = new(grant);
    private readonly KeyedHash _references = new(reference);

    // No list of parts begins with these bytes, because its first length would be negative. So no locator has the same input.
    private readonly byte[] _erasure = HMACSHA256.HashData(locator, (byte[])[0xFF, 0xFF, 0xFF, 0xFF, .. "erasures"u8]);

    /// <summary>The least length of a key in bytes.</summary>
    public const int KeyBytes = 32;

    /// <summary>Returns the locator of a participant's subject in a programme, 32 bytes.</summary>
    public byte[] Locator(string participant, ProgrammeId programme, int ordinal) =>
        Keyed(_locators, participant, programme.Value, ordinal.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Returns the hash that is stored for a handle, 32 bytes.</summary>
    public byte[] HandleHash(string source, ProgrammeId programme, string token) => Keyed(_handles, source, programme.Value, token);

    /// <summary>Returns the hash that is stored for a grant token, bound to its service, 32 bytes.</summary>
    public byte[] GrantHash(string service, string token) => Keyed(_grants, service, token);

    /// <summary>
    /// Returns the hash that is stored for an audit code, 32 bytes. No service's id has a space, so no grant has the same hash.
    /// </summary>
    public byte[] AuditCodeHash(string code) => Keyed(_grants, "audit code", code);

    /// <summary>
    /// Returns the reference of a grant's answer in one validity window, 16 bytes. It does not depend on whether the grant leads to a
    /// subject.
    /// </summary>
    public Guid Reference(byte[] grantHash, long window)
    {
        Span<byte> input = stackalloc byte[40];
        grantHash.CopyTo(input);
        BinaryPrimitives.WriteInt64BigEndian(input[32..], window);
        return new Guid(_references.Of(input).AsSpan(0, 16), bigEndian: true);
    }

    /// <summary>
    /// Returns the hash that names an erased subject in the erasure list outside the database, 32 bytes. Its key is derived from the key of
    /// locators and has no other use.
    /// </summary>
    public byte[] ErasureHash(SubjectId subject)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, subject.Value);
        return HMACSHA256.HashData(_erasure, number);
    }

    /// <summary>Returns the grant token with which a service tests its integration. It leads to a synthetic subject.</summary>
    public string TestGrant(string service) =>
        System.Buffers.Text.Base64Url.EncodeToString(Keyed(_references, "test grant", service));

    /// <summary>Returns an event's key: the first 16 bytes of SHA-256 over source and id, each after its length.</summary>
    public static Guid EventKey(string source, string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(LengthPrefixedParts.Join(stackalloc byte[InputBytesUsual], source, id), hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    private static byte[] Keyed(KeyedHash hash, params ReadOnlySpan<string> parts) =>
        hash.Of(LengthPrefixedParts.Join(stackalloc byte[InputBytesUsual], parts));
}
