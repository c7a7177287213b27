using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Scoring.Keys;

/// <summary>
/// A public key of C2SP signed-note: <c>name+key id+base64(type ‖ Ed25519 key)</c>. Verifies the signature lines that it made.
/// </summary>
public sealed class VerifierKey
{
    /// <summary>The type of keys that sign notes.</summary>
    public const byte Signs = 1;

    /// <summary>The type of keys that cosign with the time of the cosignature (C2SP tlog-cosignature).</summary>
    public const byte Cosigns = 4;

    private const int IdBytes = 4;
    private const int TimeBytes = 8;
    private const string LineStart = "— ";

    private readonly byte[] _key;
    private readonly byte[] _id;

    /// <summary>Makes a key of its parts.</summary>
    public VerifierKey(string name, byte type, byte[] key)
    {
        Name = name;
        Type = type;
        _key = key;
        _id = SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', type, .. key])[..IdBytes];
    }

    /// <summary>The name of the key's owner.</summary>
    public string Name { get; }

    /// <summary>The type of the key: <see cref="Signs"/> or <see cref="Cosigns"/>.</summary>
    public byte Type { get; }

    /// <summary>Parses a key. Returns <see langword="false"/> when the text is not valid or its key id does not match.</summary>
    public static bool TryParse(string text, out VerifierKey parsed)
    {
        parsed = null!;
        if (text.Split('+', 3) is not [{ Length: > 0 } name, { Length: 8 } hex, var base64] || name.Any(char.IsWhiteSpace)) return false;
        Span<byte> bytes = stackalloc byte[1 + Ed25519.PublicKeySize];
        if (!Convert.TryFromBase64String(base64, bytes, out var length) || length != bytes.Length) return false;
        parsed = new VerifierKey(name, bytes[0], bytes[1..].ToArray());
        return parsed.Type is Signs or Cosigns && hex == Convert.ToHexStringLower(parsed._id);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}+{Convert.ToHexStringLower(_id)}+{Convert.ToBase64String([Type, .. _key])}");

    /// <summary>Returns the signature line of a signature by this key.</summary>
    public string Line(byte[] signature) => $"{LineStart}{Name} {Convert.ToBase64String([.. _id, .. signature])}\n";

    /// <summary>Tells whether a line, with or without its line end, is this key's signature of a text.</summary>
    public bool Verifies(string line, string text) => Canonicalize(line, text) is not null;

    /// <summary>
    /// Verifies a line, with or without its line end, and returns it as <see cref="Line"/> writes it; <see langword="null"/> when it is not
    /// this key's signature of the text. The decoder of base64 skips white space, so a line that verifies may hold line ends, and a note
    /// with such a line cannot be read any more. Store what this method returns.
    /// </summary>
    public string? Canonicalize(string line, string text)
    {
        var trimmed = line.TrimEnd('\n');
        if (!trimmed.StartsWith(LineStart, StringComparison.Ordinal) || trimmed[LineStart.Length..].Split(' ') is not [var name, var base64]
            || name != Name)
        {
            return null;
        }
        var bytes = new byte[trimmed.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length) || !bytes.AsSpan(0, length).StartsWith(_id)) return null;
        return IsSignature(bytes.AsSpan(IdBytes..length), text) ? Line(bytes[IdBytes..length]) : null;
    }

    private bool IsSignature(ReadOnlySpan<byte> rest, string text)
    {
        if (Type == Cosigns)
        {
            if (rest.Length < TimeBytes) return false;
            var seconds = BinaryPrimitives.ReadUInt64BigEndian(rest);
            text = string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n{text}");
            rest = rest[TimeBytes..];
        }
        if (rest.Length != Ed25519.SignatureSize) return false;
        var message = Encoding.UTF8.GetBytes(text);
        return Ed25519.Verify(rest.ToArray(), 0, _key, 0, message, 0, message.Length);
    }
}
