using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Scoring.City.Rows;

/// <summary>Everything made up comes from here: the same seed and words give the same draw on every machine.</summary>
public static class StableHash
{
    /// <summary>A number from 0 up to <paramref name="count"/>, exclusive.</summary>
    public static int Number(int count, params ReadOnlySpan<string> words) =>
        (int)(BinaryPrimitives.ReadUInt64BigEndian(Hash(words)) % (ulong)count);

    /// <summary>An opaque token of 43 characters of base64url.</summary>
    public static string Token(params ReadOnlySpan<string> words) => Base64Url.EncodeToString(Hash(words));

    /// <summary>
    /// The id of a row that has none: its number, and a hash of its text so that another file's row of the same number is another event.
    /// Rows of the same minute differ by their number, whatever they hold.
    /// </summary>
    public static string RowId(string format, int row, string raw) => string.Create(
        CultureInfo.InvariantCulture, $"{format}-{row}-{Convert.ToHexStringLower(Hash([format, raw]).AsSpan(0, 8))}");

    /// <summary>By which the platform names an event to its source: the start of a hash over source and id, each behind its
    /// length.</summary>
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
