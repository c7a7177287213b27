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
        var joined = new byte[LengthOf(parts)];
        Write(joined, parts);
        return joined;
    }

    /// <summary>As above, in the buffer if they fit, and in new memory otherwise.</summary>
    public static ReadOnlySpan<byte> Join(Span<byte> buffer, params ReadOnlySpan<string> parts)
    {
        var length = LengthOf(parts);
        if (length > buffer.Length) return Join(parts);
        Write(buffer, parts);
        return buffer[..length];
    }

    private static int LengthOf(ReadOnlySpan<string> parts)
    {
        var length = 0;
        foreach (var part in parts) length += 4 + Encoding.UTF8.GetByteCount(part);
        return length;
    }

    private static void Write(Span<byte> rest, ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            var written = Encoding.UTF8.GetBytes(part, rest[4..]);
            BinaryPrimitives.WriteInt32BigEndian(rest, written);
            rest = rest[(4 + written)..];
        }
    }
}
