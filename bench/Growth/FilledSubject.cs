using System.Buffers.Text;
using System.Security.Cryptography;

namespace Scoring.Bench.Growth;

/// <summary>One filled subject: what its rows repeat.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="LedgerKey">The key of its leaves' nonces.</param>
/// <param name="Locator">The locator of its participant.</param>
/// <param name="HandleHash">The keyed hash of its handle.</param>
/// <param name="Source">The source that uses the handle.</param>
internal sealed record FilledSubject(long Number, short Partition, byte[] LedgerKey, byte[] Locator, byte[] HandleHash, string Source)
{
    /// <summary>The handle's public id, random as the platform's own.</summary>
    public string HandleId { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>The last turn.</summary>
    public long Turn { get; set; }
}
