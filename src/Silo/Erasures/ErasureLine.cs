using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Scoring.Erasures;

/// <summary>One line of the erasure list: the day on which it was written and the keyed hash of a subject. Its length is fixed.</summary>
internal readonly record struct ErasureLine(DateOnly Day, UInt256 Hash)
{
    /// <summary>The length of a line in bytes, line end included.</summary>
    public const int Bytes = DayChars + 1 + HashChars + 1;

    private const int DayChars = 10;
    private const int HashChars = 64;

    public static byte[] Write(DateOnly day, byte[] hash) => Encoding.ASCII.GetBytes(
        day.ToString("O", CultureInfo.InvariantCulture) + " " + Convert.ToHexStringLower(hash) + "\n");

    /// <summary>Reads a line; <see langword="null"/> when the bytes are not a whole line.</summary>
    public static ErasureLine? Read(ReadOnlySpan<byte> line)
    {
        if (line.Length != Bytes || line[DayChars] != ' ' || line[^1] != '\n') return null;
        Span<byte> hash = stackalloc byte[HashChars / 2];
        var text = Encoding.ASCII.GetString(line);
        return DateOnly.TryParseExact(text[..DayChars], "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && Convert.FromHexString(text.AsSpan(DayChars + 1, HashChars), hash, out _, out var written) is OperationStatus.Done
            && written == hash.Length
                ? new ErasureLine(day, UInt256.Of(hash))
                : null;
    }
}

/// <summary>A hash as a value type, so that a set of a hundred thousand hashes is small and fast.</summary>
internal readonly record struct UInt256(UInt128 High, UInt128 Low)
{
    public static UInt256 Of(ReadOnlySpan<byte> hash) => new(
        BinaryPrimitives.ReadUInt128BigEndian(hash),
        BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
}
