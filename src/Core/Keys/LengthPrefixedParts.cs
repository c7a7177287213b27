using System.Buffers.Binary;
using System.Text;

namespace Scoring.Keys;

/// <summary>The input of hashes over several texts.</summary>
internal static class LengthPrefixedParts
{
    /// <summary>The parts in UTF-8, each behind its length in four bytes, so that no two lists of parts look alike.</summary>
    public static byte[] Join(params ReadOnlySpan<string> parts)
    {
        var length = 0;
        foreach (var part in parts) length += 4 + Encoding.UTF8.GetByteCount(part);
        var joined = new byte[length];
        var rest = joined.AsSpan();
        foreach (var part in parts)
        {
            var written = Encoding.UTF8.GetBytes(part, rest[4..]);
            BinaryPrimitives.WriteInt32BigEndian(rest, written);
            rest = rest[(4 + written)..];
        }
        return joined;
    }
}
