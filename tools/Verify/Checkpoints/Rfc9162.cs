using System.Numerics;
using System.Security.Cryptography;

namespace Scoring.Verify.Checkpoints;

/// <summary>
/// Verifies Merkle proofs by the steps of RFC 9162, sections 2.1.3.2 and 2.1.4.2. <c>fn</c>, <c>sn</c>, <c>fr</c> and <c>sr</c> are the
/// names in the RFC.
/// </summary>
public static class Rfc9162
{
    /// <summary>The root of the empty log.</summary>
    public static byte[] EmptyRoot => SHA256.HashData([]);

    /// <summary>Computes the hash of a leaf's bytes.</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> bytes) => SHA256.HashData([0, .. bytes]);

    /// <summary>Computes the hash of a node.</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => SHA256.HashData([1, .. left, .. right]);

    /// <summary>Whether the path proves that a leaf is at an index, from 0, of the log with this size and root.</summary>
    public static bool Includes(byte[] leaf, long index, long size, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size) return false;
        var fn = index;
        var sn = size - 1;
        var hash = leaf;
        foreach (var node in path)
        {
            if (sn == 0) return false;
            if (fn % 2 == 1 || fn == sn)
            {
                hash = Node(node, hash);
                while (fn % 2 == 0 && fn != 0)
                {
                    fn /= 2;
                    sn /= 2;
                }
            }
            else
            {
                hash = Node(hash, node);
            }
            fn /= 2;
            sn /= 2;
        }
        return sn == 0 && root.SequenceEqual(hash);
    }

    /// <summary>Whether the proof shows that the later log, by size and root, begins with the earlier log.</summary>
    public static bool Extends(
        long earlier, ReadOnlySpan<byte> earlierRoot, long later, ReadOnlySpan<byte> laterRoot, IReadOnlyList<byte[]> proof)
    {
        if (earlier < 1 || earlier > later) return false;
        if (earlier == later) return proof.Count == 0 && earlierRoot.SequenceEqual(laterRoot);
        List<byte[]> path = [.. BitOperations.IsPow2(earlier) ? [earlierRoot.ToArray()] : Array.Empty<byte[]>(), .. proof];
        if (path.Count == 0) return false;
        var fn = earlier - 1;
        var sn = later - 1;
        while (fn % 2 == 1)
        {
            fn /= 2;
            sn /= 2;
        }
        var fr = path[0];
        var sr = path[0];
        foreach (var node in path.Skip(1))
        {
            if (sn == 0) return false;
            if (fn % 2 == 1 || fn == sn)
            {
                fr = Node(node, fr);
                sr = Node(node, sr);
                while (fn % 2 == 0 && fn != 0)
                {
                    fn /= 2;
                    sn /= 2;
                }
            }
            else
            {
                sr = Node(sr, node);
            }
            fn /= 2;
            sn /= 2;
        }
        return sn == 0 && earlierRoot.SequenceEqual(fr) && laterRoot.SequenceEqual(sr);
    }
}

/// <summary>Computes the root of a log from its leaves, one after the other. It keeps one hash for each level.</summary>
public sealed class MerkleRootBuilder
{
    private readonly List<byte[]?> _complete = [];

    /// <summary>How many leaves there are.</summary>
    public long Size { get; private set; }

    /// <summary>The root so far.</summary>
    public byte[] Root
    {
        get
        {
            byte[]? root = null;
            foreach (var hash in _complete)
                if (hash is not null) root = root is null ? hash : Rfc9162.Node(hash, root);
            return root ?? Rfc9162.EmptyRoot;
        }
    }

    /// <summary>Adds a leaf's hash.</summary>
    public void Add(byte[] leaf)
    {
        Size++;
        for (var level = 0; ; level++)
        {
            if (level == _complete.Count) _complete.Add(null);
            if (_complete[level] is not { } left)
            {
                _complete[level] = leaf;
                return;
            }
            leaf = Rfc9162.Node(left, leaf);
            _complete[level] = null;
        }
    }
}
