using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Scoring.Administration;

/// <summary>Keys of acts: a repeated call has the key of the first, so that the record has its act once.</summary>
internal static class ActKey
{
    /// <summary>The first 16 bytes of SHA-256 over the parts, each behind its length.</summary>
    public static Guid Of(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
        return new Guid(hash.GetHashAndReset().AsSpan(0, 16), bigEndian: true);
    }
}
