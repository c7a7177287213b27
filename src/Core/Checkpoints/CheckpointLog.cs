using System.Collections.Immutable;

namespace Scoring.Checkpoints;

/// <summary>The RFC 9162 log of checkpoints, held in memory as a whole: it grows by a few thousand leaves a year.</summary>
/// <param name="leaves">The leaves of checkpoints 1, 2, 3 … of <see cref="MerkleLog.HashBytes"/> bytes each, concatenated.</param>
public sealed class CheckpointLog(byte[] leaves)
{
    /// <summary>The number of checkpoints.</summary>
    public long Size => leaves.Length / MerkleLog.HashBytes;

    /// <summary>The root hash.</summary>
    public byte[] Root => Size == 0 ? MerkleLog.Empty : MerkleLog.Combine([.. MerkleLog.Range(0, Size).Select(Hash)]);

    /// <summary>The log with one more leaf.</summary>
    public CheckpointLog With(byte[] leaf) => new([.. leaves, .. leaf]);

    /// <summary>The consistency proof (RFC 9162, section 2.1.4) from an earlier size to this log.</summary>
    /// <param name="earlier">The earlier size, 1 to <see cref="Size"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The earlier size is out of range.</exception>
    public ImmutableArray<byte[]> Consistency(long earlier) =>
        [.. MerkleLog.Consistency(earlier, Size).Select(parts => MerkleLog.Combine([.. parts.Select(Hash)]))];

    private byte[] Hash(Subtree subtree) => MerkleLog.Complete(leaves.AsSpan(
        (int)(subtree.Index << subtree.Level) * MerkleLog.HashBytes, (1 << subtree.Level) * MerkleLog.HashBytes));
}
