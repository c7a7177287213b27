using System.Numerics;
using System.Security.Cryptography;
using Scoring.Storage;

namespace Scoring.Checkpoints;

/// <summary>RFC 9162 by its words, over the leaves as they stand in the table: what the sealer is compared with.</summary>
internal static class SlowLog
{
    /// <summary>The leaves of one partition in order.</summary>
    public static Task<List<byte[]>> Leaves(LedgerStage stage, int partition) =>
        stage.Rows<byte[]>($"SELECT leaf FROM ledger.entry WHERE partition = {partition} ORDER BY position");

    /// <summary>Section 2.1.1.</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length <= 1) return leaves.Length == 0 ? SHA256.HashData([]) : leaves[0];
        var half = 1 << BitOperations.Log2((uint)leaves.Length - 1);
        return Node(Root(leaves[..half]), Root(leaves[half..]));
    }

    /// <summary>Section 2.1.3.2: whether a path leads from a leaf to a root.</summary>
    public static bool Holds(InclusionProof proof, long size, byte[] root)
    {
        var (index, last, hash) = (proof.Position - 1, size - 1, proof.Leaf);
        foreach (var node in proof.Path)
        {
            if (last == 0) return false;
            if (index % 2 == 1 || index == last)
            {
                hash = Node(node, hash);
                while (index % 2 == 0 && index != 0) (index, last) = (index / 2, last / 2);
            }
            else
            {
                hash = Node(hash, node);
            }
            (index, last) = (index / 2, last / 2);
        }
        return last == 0 && hash.AsSpan().SequenceEqual(root);
    }

    /// <summary>Section 2.1.4.2: whether a root is of a log that extends another's.</summary>
    public static bool Extends(IReadOnlyList<byte[]> proof, long earlier, byte[] earlierRoot, long later, byte[] laterRoot)
    {
        if (earlier == later) return proof.Count == 0 && earlierRoot.AsSpan().SequenceEqual(laterRoot);
        var path = BitOperations.IsPow2(earlier) ? [earlierRoot, .. proof] : proof.ToList();
        if (path.Count == 0) return false;
        var (index, last) = (earlier - 1, later - 1);
        while (index % 2 == 1) (index, last) = (index / 2, last / 2);
        var (before, after) = (path[0], path[0]);
        foreach (var node in path.Skip(1))
        {
            if (last == 0) return false;
            if (index % 2 == 1 || index == last)
            {
                (before, after) = (Node(node, before), Node(node, after));
                while (index % 2 == 0 && index != 0) (index, last) = (index / 2, last / 2);
            }
            else
            {
                after = Node(after, node);
            }
            (index, last) = (index / 2, last / 2);
        }
        return last == 0 && before.AsSpan().SequenceEqual(earlierRoot) && after.AsSpan().SequenceEqual(laterRoot);
    }

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);
}
