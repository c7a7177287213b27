using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Scoring.Keys;

/// <summary>Derives names that outsiders cannot guess from one secret. The same parts give the same name.</summary>
public sealed class DerivationKey
{
    private readonly byte[] _key;

    /// <param name="text">The secret: at least 32 bytes in base64url.</param>
    public DerivationKey(string text)
    {
        _key = Base64Url.DecodeFromChars(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(_key.Length, 32);
    }

    /// <summary>Draws the text of a new secret.</summary>
    public static string Draw() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Returns 43 characters of base64url.</summary>
    /// <param name="parts">What the name is of. The first part says what kind of name it is; none holds a zero character.</param>
    public string Derive(params string[] parts) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(string.Join('\0', parts))));
}
