using System.Collections.Immutable;

namespace Scoring.Checkpoints;

/// <summary>The log of checkpoints up to one of them: a few thousand leaves a year, so it is worked with as a whole.</summary>
/// <param name="leaves">The leaves of checkpoints 1, 2, 3 … laid end to end.</param>
public sealed class CheckpointLog(byte[] leaves)
{
    /// <summary>How many checkpoints.</summary>
    public long Size => leaves.Length / MerkleLog.HashBytes;

    /// <summary>Its root.</summary>
    public byte[] Root => Size == 0 ? MerkleLog.Empty : MerkleLog.Combine([.. MerkleLog.Range(0, Size).Select(Hash)]);

    /// <summary>The log with one more.</summary>
    public CheckpointLog With(byte[] leaf) => new([.. leaves, .. leaf]);

    /// <summary>That it extends what it was.</summary>
    public ImmutableArray<byte[]> Consistency(long earlier) =>
        [.. MerkleLog.Consistency(earlier, Size).Select(parts => MerkleLog.Combine([.. parts.Select(Hash)]))];

    private byte[] Hash(Subtree subtree) => MerkleLog.Complete(leaves.AsSpan(
        (int)(subtree.Index << subtree.Level) * MerkleLog.HashBytes, (1 << subtree.Level) * MerkleLog.HashBytes));
}
