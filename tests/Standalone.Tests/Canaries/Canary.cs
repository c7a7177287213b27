using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Scoring.Canaries;

/// <summary>
/// In what forms a value may have been written down. Of hashes the first 12 bytes are looked for, so that a shortened one counts too.
/// </summary>
internal static class Canary
{
    private const int HashBytes = 12;

    /// <summary>A text itself, its SHA-256, and both in all forms.</summary>
    public static IEnumerable<(string What, byte[] Bytes)> Text(string what, string text) =>
        [.. Encoded(what, Encoding.UTF8.GetBytes(text), text), .. Hash(what + ", SHA-256", SHA256.HashData(Encoding.UTF8.GetBytes(text)))];

    /// <summary>A hash or another random value.</summary>
    public static IEnumerable<(string What, byte[] Bytes)> Hash(string what, byte[] hash)
    {
        foreach (var form in Encoded(what, hash[..HashBytes], null)) yield return form;
        if (hash.Length != 16) yield break;
        var uuid = new Guid(hash, bigEndian: true);
        yield return (what + ", uuid", Encoding.UTF8.GetBytes(uuid.ToString()));
        yield return (what + ", uuid in the machine's order", uuid.ToByteArray()[..HashBytes]);
    }

    /// <summary>A number of 64 bits.</summary>
    public static IEnumerable<(string What, byte[] Bytes)> Number(string what, long number)
    {
        var (big, little) = (new byte[8], new byte[8]);
        BinaryPrimitives.WriteInt64BigEndian(big, number);
        BinaryPrimitives.WriteInt64LittleEndian(little, number);
        return
        [
            (what + ", big-endian", big), (what + ", little-endian", little),
            .. Texts(what + ", decimal", number.ToString(CultureInfo.InvariantCulture)),
            .. Texts(what + ", hexadecimal", Convert.ToHexStringLower(big)),
        ];
    }

    private static IEnumerable<(string What, byte[] Bytes)> Encoded(string what, byte[] bytes, string? text) =>
    [
        (what + ", bytes", bytes),
        .. text is null ? [] : new[] { (what + ", UTF-16", Encoding.Unicode.GetBytes(text)) },
        .. Texts(what + ", hexadecimal", Convert.ToHexStringLower(bytes)),
        .. Texts(what + ", HEXADECIMAL", Convert.ToHexString(bytes)),
        .. Enumerable.Range(0, 3).SelectMany(shift => Base64(what, bytes, shift)),
    ];

    /// <summary>The characters that depend on these bytes alone, when they begin so many bytes after a multiple of three.</summary>
    private static IEnumerable<(string What, byte[] Bytes)> Base64(string what, byte[] bytes, int shift)
    {
        var text = Convert.ToBase64String([.. new byte[shift], .. bytes, .. new byte[3]]);
        var (first, last) = (((shift * 8) + 5) / 6, (shift + bytes.Length) * 8 / 6);
        var whole = text[first..last];
        var url = whole.Replace('+', '-').Replace('/', '_');
        foreach (var form in Texts(what + $", base64 at {shift}", whole)) yield return form;
        if (url == whole) yield break;
        foreach (var form in Texts(what + $", base64url at {shift}", url)) yield return form;
    }

    private static IEnumerable<(string What, byte[] Bytes)> Texts(string what, string text) =>
        [(what, Encoding.UTF8.GetBytes(text)), (what + ", UTF-16", Encoding.Unicode.GetBytes(text))];
}
