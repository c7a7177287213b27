using System.Buffers.Text;
using System.Security.Cryptography;

namespace Scoring.Enrolments;

/// <summary>Draws an opaque random id: 22 characters of base64url.</summary>
internal static class OpaqueId
{
    private const int RandomBytes = 16;

    public static string Draw() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
}
