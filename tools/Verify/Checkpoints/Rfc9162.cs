using System.Numerics;
using System.Security.Cryptography;

namespace Scoring.Verify.Checkpoints;

/// <summary>The verifier's side of RFC 9162, sections 2.1.3.2 and 2.1.4.2, step by step as they stand there.</summary>
public static class Rfc9162
{
    /// <summary>Root of the empty log.</summary>
    public static byte[] EmptyRoot => SHA256.HashData([]);

    /// <summary>Hash of a leaf's bytes.</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> bytes) => SHA256.HashData([0, .. bytes]);

    /// <summary>Hash of a node.</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => SHA256.HashData([1, .. left, .. right]);

    /// <summary>Whether a leaf is at an index of the log of that size and root.</summary>
    public static bool Includes(byte[] leaf, long index, long size, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size) return false;
        var (fn, sn, hash) = (index, size - 1, leaf);
        foreach (var node in path)
        {
            if (sn == 0) return false;
            if (fn % 2 == 1 || fn == sn)
            {
                hash = Node(node, hash);
                while (fn % 2 == 0 && fn != 0) (fn, sn) = (fn / 2, sn / 2);
            }
            else
            {
                hash = Node(hash, node);
            }
            (fn, sn) = (fn / 2, sn / 2);
        }
        return sn == 0 && root.SequenceEqual(hash);
    }

    /// <summary>Whether the log of the later size and root begins with the log of the earlier size and root.</summary>
    public static bool Extends(
        long earlier, ReadOnlySpan<byte> earlierRoot, long later, ReadOnlySpan<byte> laterRoot, IReadOnlyList<byte[]> proof)
    {
        if (earlier < 1 || earlier > later) return false;
        if (earlier == later) return proof.Count == 0 && earlierRoot.SequenceEqual(laterRoot);
        List<byte[]> path = [.. BitOperations.IsPow2(earlier) ? [earlierRoot.ToArray()] : Array.Empty<byte[]>(), .. proof];
        if (path.Count == 0) return false;
        var (fn, sn) = (earlier - 1, later - 1);
        while (fn % 2 == 1) (fn, sn) = (fn / 2, sn / 2);
        var (fr, sr) = (path[0], path[0]);
        foreach (var node in path.Skip(1))
        {
            if (sn == 0) return false;
            if (fn % 2 == 1 || fn == sn)
            {
                (fr, sr) = (Node(node, fr), Node(node, sr));
                while (fn % 2 == 0 && fn != 0) (fn, sn) = (fn / 2, sn / 2);
            }
            else
            {
                sr = Node(sr, node);
            }
            (fn, sn) = (fn / 2, sn / 2);
        }
        return sn == 0 && earlierRoot.SequenceEqual(fr) && laterRoot.SequenceEqual(sr);
    }
}

/// <summary>The root of a log whose leaves come one after the other; it keeps a hash a level and no more.</summary>
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
            (leaf, _complete[level]) = (Rfc9162.Node(left, leaf), null);
        }
    }
}
