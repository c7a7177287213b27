using System.Numerics;
using System.Security.Cryptography;
using Scoring.Storage;

namespace Scoring.Checkpoints;

/// <summary>Implements RFC 9162 literally over the leaves of the table. Tests compare the checkpoint service with it.</summary>
internal static class ReferenceMerkleLog
{
    /// <summary>The leaves of one partition in order.</summary>
    public static Task<List<byte[]>> Leaves(LedgerStage stage, int partition) =>
        stage.Rows<byte[]>($"SELECT leaf FROM ledger.entry WHERE partition = {partition} ORDER BY position");

    /// <summary>Computes the root of leaves by section 2.1.1.</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length <= 1) return leaves.Length == 0 ? SHA256.HashData([]) : leaves[0];
        var half = 1 << BitOperations.Log2((uint)leaves.Length - 1);
        return Node(Root(leaves[..half]), Root(leaves[half..]));
    }

    /// <summary>Checks by section 2.1.3.2 that a path leads from a leaf to a root.</summary>
    public static bool Holds(InclusionProof proof, long size, byte[] root)
    {
        var index = proof.Position - 1;
        var last = size - 1;
        var hash = proof.Leaf;
        foreach (var node in proof.Path)
        {
            if (last == 0) return false;
            if (index % 2 == 1 || index == last)
            {
                hash = Node(node, hash);
                while (index % 2 == 0 && index != 0)
                {
                    index /= 2;
                    last /= 2;
                }
            }
            else
            {
                hash = Node(hash, node);
            }
            index /= 2;
            last /= 2;
        }
        return last == 0 && hash.AsSpan().SequenceEqual(root);
    }

    /// <summary>Checks by section 2.1.4.2 that the log of one root extends the log of another.</summary>
    public static bool Extends(IReadOnlyList<byte[]> proof, long earlier, byte[] earlierRoot, long later, byte[] laterRoot)
    {
        if (earlier == later) return proof.Count == 0 && earlierRoot.AsSpan().SequenceEqual(laterRoot);
        var path = BitOperations.IsPow2(earlier) ? [earlierRoot, .. proof] : proof.ToList();
        if (path.Count == 0) return false;
        var index = earlier - 1;
        var last = later - 1;
        while (index % 2 == 1)
        {
            index /= 2;
            last /= 2;
        }
        var before = path[0];
        var after = path[0];
        foreach (var node in path.Skip(1))
        {
            if (last == 0) return false;
            if (index % 2 == 1 || index == last)
            {
                before = Node(node, before);
                after = Node(node, after);
                while (index % 2 == 0 && index != 0)
                {
                    index /= 2;
                    last /= 2;
                }
            }
            else
            {
                after = Node(after, node);
            }
            index /= 2;
            last /= 2;
        }
        return last == 0 && before.AsSpan().SequenceEqual(earlierRoot) && after.AsSpan().SequenceEqual(laterRoot);
    }

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);
}
