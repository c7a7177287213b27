using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Scoring.Ledger;

/// <summary>
/// An entry's hash in its partition's Merkle log. Appends compute it in SQL (<see cref="EntrySql.Leaf"/>), and the partition writer by
/// this class, which is also the definition for verifiers. All integers are big-endian and signed.
/// <code>
/// nonce = SHA-256(ledger key (32) ‖ turn (8))
/// leaf  = SHA-256(0x00 ‖ nonce (32)
///                 ‖ kind (1) ‖ day in days since 2000-01-01 (4) ‖ key in RFC 9562 order (16) ‖ body (any length)
///                 ‖ subject (8) ‖ partition (4) ‖ position (8) ‖ turn (8))
/// </code>
/// Every width around the body is fixed, so no two entries give the same bytes. An entry without subject (a tombstone, an administrative
/// action) is public: its nonce is 32 zero bytes, and its subject, turn and key are zero.
/// </summary>
public static class Leaf
{
    private const int NonceBytes = 32;
    private const int HeadBytes = 1 + NonceBytes + 1 + 4 + 16;
    private const int TailBytes = 8 + 4 + 8 + 8;
    private const int StackBytesMax = 1024;

    /// <summary>The leaf of an entry. <paramref name="ledgerKey"/> is empty for an entry without subject.</summary>
    public static byte[] Of(ReadOnlySpan<byte> ledgerKey, Entry entry, Guid key) =>
        OfNonce(ledgerKey.IsEmpty ? [] : Nonce(ledgerKey, entry.Turn), entry, key);

    /// <summary>
    /// The leaf of an entry by its nonce, which a participant's archive holds. <paramref name="nonce"/> is empty for an entry without
    /// subject.
    /// </summary>
    public static byte[] OfNonce(ReadOnlySpan<byte> nonce, Entry entry, Guid key)
    {
        var length = HeadBytes + entry.Body.Length + TailBytes;
        var bytes = length <= StackBytesMax ? stackalloc byte[length] : new byte[length];
        var rest = bytes[1..];
        nonce.CopyTo(rest);
        rest = rest[NonceBytes..];
        rest[0] = (byte)entry.Kind;
        BinaryPrimitives.WriteInt32BigEndian(rest[1..], entry.Day.DayNumber - new DateOnly(2000, 1, 1).DayNumber);
        key.TryWriteBytes(rest[5..], bigEndian: true, out _);
        entry.Body.CopyTo(rest[21..]);
        rest = rest[(21 + entry.Body.Length)..];
        BinaryPrimitives.WriteInt64BigEndian(rest, entry.Subject.Value);
        BinaryPrimitives.WriteInt32BigEndian(rest[8..], entry.Partition);
        BinaryPrimitives.WriteInt64BigEndian(rest[12..], entry.Position);
        BinaryPrimitives.WriteInt64BigEndian(rest[20..], entry.Turn);
        return SHA256.HashData(bytes);
    }

    private static byte[] Nonce(ReadOnlySpan<byte> ledgerKey, long turn)
    {
        Span<byte> input = stackalloc byte[40];
        ledgerKey.CopyTo(input);
        BinaryPrimitives.WriteInt64BigEndian(input[32..], turn);
        return SHA256.HashData(input);
    }
}
