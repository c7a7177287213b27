using System.Buffers.Text;
using System.Security.Cryptography;

namespace Scoring.Keys;

/// <summary>Draws keys that cannot be guessed.</summary>
internal static class UnguessableKey
{
    private const int Bytes = 32;

    /// <summary>Returns 43 characters of base64url.</summary>
    public static string Draw() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
}
