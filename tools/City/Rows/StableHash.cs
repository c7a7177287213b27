using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Scoring.City.Rows;

/// <summary>Derives synthetic values from a seed and words. The same seed and words give the same value on every machine.</summary>
public static class StableHash
{
    /// <summary>Returns a number from 0 to <paramref name="count"/> - 1.</summary>
    public static int Number(int count, params ReadOnlySpan<string> words) =>
        (int)(BinaryPrimitives.ReadUInt64BigEndian(Hash(words)) % (ulong)count);

    /// <summary>Returns an opaque token of 43 base64url characters.</summary>
    public static string Token(params ReadOnlySpan<string> words) => Base64Url.EncodeToString(Hash(words));

    /// <summary>
    /// Returns an id for a row that has none: its number, so that equal rows differ, and a hash of its text, so that rows with the same
    /// number in two files differ.
    /// </summary>
    public static string RowId(string format, int row, string raw) => string.Create(
        CultureInfo.InvariantCulture, $"{format}-{row}-{Convert.ToHexStringLower(Hash([format, raw]).AsSpan(0, 8))}");

    /// <summary>Returns the key by which the platform names an event to its source: 16 bytes of a hash over source and id.</summary>
    public static string EventKey(string source, string id) => Base64Url.EncodeToString(Hash([source, id]).AsSpan(0, 16));

    private static byte[] Hash(ReadOnlySpan<string> words)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var word in words)
        {
            var bytes = Encoding.UTF8.GetBytes(word);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
        return hash.GetHashAndReset();
    }
}
