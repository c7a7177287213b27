using System.Buffers.Text;
using System.Security.Cryptography;

namespace Scoring.Enrolments;

/// <summary>An opaque random name for lists: 22 characters of base64url.</summary>
internal static class OpaqueId
{
    public static string Draw() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
}
