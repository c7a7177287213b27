using System.Buffers.Text;
using System.Security.Cryptography;

namespace Scoring.Enrolments;

/// <summary>Draws and recognises opaque random ids: 22 characters of base64url.</summary>
internal static class OpaqueId
{
    private const int RandomBytes = 16;
    private const int Chars = 22;

    public static string Draw() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>
    /// Tells whether a text has the form of an id. Any other text names nothing. It must not reach the database, which refuses some
    /// characters, such as NUL, with an error.
    /// </summary>
    public static bool Is(string? text) =>
        text is { Length: Chars } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
