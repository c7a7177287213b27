using System.Security.Cryptography;
using Scoring.Keys;

namespace Scoring.Administration;

/// <summary>Keys of acts: a repeated call has the key of the first, so that the record has its act once.</summary>
internal static class AdminActionKey
{
    /// <summary>The first 16 bytes of SHA-256 over the parts, each behind its length.</summary>
    public static Guid Of(params ReadOnlySpan<string> parts) =>
        new(SHA256.HashData(LengthPrefixedParts.Join(parts)).AsSpan(0, 16), bigEndian: true);
}
