using System.Buffers.Binary;
using System.Text;

namespace Scoring.Keys;

/// <summary>Joins several texts to the input of one hash.</summary>
internal static class LengthPrefixedParts
{
    /// <summary>
    /// The parts in UTF-8, each after its length in bytes as a big-endian 32-bit integer. Different lists of parts give different bytes.
    /// </summary>
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
