using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Scoring.Testing;

/// <summary>
/// Lists the encodings in which a value may be written. Of a hash only the first 12 bytes are searched for, so a shortened one is found
/// too.
/// </summary>
public static class Canary
{
    private const int HashBytes = 12;

    /// <summary>Returns a text and its SHA-256 in every encoding.</summary>
    public static IEnumerable<(string What, byte[] Bytes)> Text(string what, string text) =>
        [.. Encoded(what, Encoding.UTF8.GetBytes(text), text), .. Hash(what + ", SHA-256", SHA256.HashData(Encoding.UTF8.GetBytes(text)))];

    /// <summary>Returns a hash or another random value in every encoding.</summary>
    public static IEnumerable<(string What, byte[] Bytes)> Hash(string what, byte[] hash)
    {
        foreach (var encoding in Encoded(what, hash[..HashBytes], null)) yield return encoding;
        if (hash.Length != 16) yield break;
        var uuid = new Guid(hash, bigEndian: true);
        yield return (what + ", uuid", Encoding.UTF8.GetBytes(uuid.ToString()));
        yield return (what + ", uuid in the machine's order", uuid.ToByteArray()[..HashBytes]);
    }

    /// <summary>Returns a 64-bit number in every encoding.</summary>
    public static IEnumerable<(string What, byte[] Bytes)> Number(string what, long number)
    {
        var big = new byte[8];
        var little = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(big, number);
        BinaryPrimitives.WriteInt64LittleEndian(little, number);
        return
        [
            (what + ", big-endian", big), (what + ", little-endian", little), .. Varint(what + ", varint", number),
            .. Texts(what + ", decimal", number.ToString(CultureInfo.InvariantCulture)),
            .. Texts(what + ", hexadecimal", Convert.ToHexStringLower(big)),
            .. Texts(what + ", as a grain's key", number.ToString("X", CultureInfo.InvariantCulture)),
        ];
    }

    /// <summary>Returns the form that protobuf gives a number. A small one has too few bytes to be significant.</summary>
    private static IEnumerable<(string What, byte[] Bytes)> Varint(string what, long number)
    {
        var bytes = new List<byte>();
        for (var rest = (ulong)number; ; rest >>= 7)
        {
            bytes.Add((byte)(rest < 0x80 ? rest : rest & 0x7F | 0x80));
            if (rest < 0x80) break;
        }
        if (bytes.Count >= 8) yield return (what, [.. bytes]);
    }

    private static IEnumerable<(string What, byte[] Bytes)> Encoded(string what, byte[] bytes, string? text) =>
    [
        (what + ", bytes", bytes),
        .. text is null ? [] : new[] { (what + ", UTF-16", Encoding.Unicode.GetBytes(text)) },
        .. Texts(what + ", hexadecimal", Convert.ToHexStringLower(bytes)),
        .. Texts(what + ", HEXADECIMAL", Convert.ToHexString(bytes)),
        .. Enumerable.Range(0, 3).SelectMany(shift => Base64(what, bytes, shift)),
    ];

    /// <summary>Returns the base64 characters that depend on these bytes only, when the bytes begin at this offset modulo three.</summary>
    private static IEnumerable<(string What, byte[] Bytes)> Base64(string what, byte[] bytes, int shift)
    {
        var text = Convert.ToBase64String([.. new byte[shift], .. bytes, .. new byte[3]]);
        var first = ((shift * 8) + 5) / 6;
        var end = (shift + bytes.Length) * 8 / 6;
        var whole = text[first..end];
        var url = whole.Replace('+', '-').Replace('/', '_');
        foreach (var encoding in Texts(what + $", base64 at {shift}", whole)) yield return encoding;
        if (url == whole) yield break;
        foreach (var encoding in Texts(what + $", base64url at {shift}", url)) yield return encoding;
    }

    private static IEnumerable<(string What, byte[] Bytes)> Texts(string what, string text) =>
        [(what, Encoding.UTF8.GetBytes(text)), (what + ", UTF-16", Encoding.Unicode.GetBytes(text))];
}
