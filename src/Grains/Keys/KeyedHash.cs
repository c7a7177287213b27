using System.Security.Cryptography;

namespace Scoring.Keys;

/// <summary>HMAC-SHA-256 under one key. Each thread prepares the key once, which takes as long as a hash of a short text.</summary>
/// <param name="key">The key, at least 32 bytes.</param>
internal sealed class KeyedHash(byte[] key)
{
    private readonly ThreadLocal<IncrementalHash> _hash = new(() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key));

    /// <summary>Returns the hash of the input, 32 bytes.</summary>
    public byte[] Of(ReadOnlySpan<byte> input)
    {
        var hash = _hash.Value!;
        hash.AppendData(input);
        return hash.GetHashAndReset();
    }
}
