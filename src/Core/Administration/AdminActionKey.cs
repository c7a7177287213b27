using System.Security.Cryptography;
using Scoring.Keys;

namespace Scoring.Administration;

/// <summary>
/// Derives the keys of administrative actions. A repeated call has the same key, so the public record holds its action once.
/// </summary>
internal static class AdminActionKey
{
    /// <summary>The first 16 bytes of SHA-256 over the length-prefixed parts, as a big-endian UUID.</summary>
    public static Guid Of(params ReadOnlySpan<string> parts) =>
        new(SHA256.HashData(LengthPrefixedParts.Join(parts)).AsSpan(0, 16), bigEndian: true);
}
