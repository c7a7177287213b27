using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;

namespace Scoring.Checkpoints;

/// <summary>A complete subtree of a Merkle log.</summary>
/// <param name="Level">The height: the subtree has 2^Level leaves.</param>
/// <param name="Index">The number of subtrees of the same height to its left.</param>
public readonly record struct Subtree(int Level, long Index);

/// <summary>
/// Merkle trees of RFC 9162, section 2.1, over complete subtrees: which subtrees make a root or a proof, and how their hashes combine.
/// The caller reads the subtrees' hashes, so a proof touches a few tiles and not the whole log.
/// </summary>
public static class MerkleLog
{
    /// <summary>The length of a hash in bytes: SHA-256.</summary>
    public const int HashBytes = SHA256.HashSizeInBytes;

    /// <summary>The root of the empty log: SHA-256 of nothing.</summary>
    public static byte[] Empty => SHA256.HashData([]);

    /// <summary>The hash of an inner node: SHA-256(0x01 ‖ left ‖ right).</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> both = stackalloc byte[1 + (2 * HashBytes)];
        both[0] = 1;
        left.CopyTo(both[1..]);
        right.CopyTo(both[(1 + HashBytes)..]);
        return SHA256.HashData(both);
    }

    /// <summary>The root of a complete subtree.</summary>
    /// <param name="hashes">A power of two of hashes of one level, concatenated from left to right.</param>
    public static byte[] Complete(ReadOnlySpan<byte> hashes)
    {
        if (hashes.Length == HashBytes) return hashes.ToArray();
        var work = new byte[hashes.Length / 2];
        Span<byte> both = stackalloc byte[1 + (2 * HashBytes)];
        both[0] = 1;
        for (var from = hashes; ; from = work.AsSpan(0, from.Length / 2))
        {
            var count = from.Length / (2 * HashBytes);
            for (var i = 0; i < count; i++)
            {
                from.Slice(i * 2 * HashBytes, 2 * HashBytes).CopyTo(both[1..]);
                SHA256.HashData(both, work.AsSpan(i * HashBytes));
            }
            if (count == 1) return work[..HashBytes];
        }
    }

    /// <summary>The root over a range, from the roots of the subtrees that <see cref="Range"/> names.</summary>
    /// <param name="parts">The roots from left to right, at least one.</param>
    public static byte[] Combine(IReadOnlyList<byte[]> parts)
    {
        var hash = parts[^1];
        for (var i = parts.Count - 2; i >= 0; i--) hash = Node(parts[i], hash);
        return hash;
    }

    /// <summary>
    /// The complete subtrees, from left to right, of the leaves from <paramref name="start"/> to <paramref name="end"/>, exclusive.
    /// </summary>
    public static ImmutableArray<Subtree> Range(long start, long end)
    {
        var parts = ImmutableArray.CreateBuilder<Subtree>();
        while (start < end)
        {
            var level = BitOperations.Log2((ulong)(end - start));
            parts.Add(new Subtree(level, start >> level));
            start += 1L << level;
        }
        return parts.ToImmutable();
    }

    /// <summary>The nodes of an inclusion proof (section 2.1.3), from the leaf up, each as its subtrees.</summary>
    /// <param name="index">The leaf, from 0.</param>
    /// <param name="size">The size of the log.</param>
    /// <exception cref="ArgumentOutOfRangeException">The log does not contain the leaf.</exception>
    public static ImmutableArray<ImmutableArray<Subtree>> Inclusion(long index, long size)
    {
        if (index < 0 || index >= size) throw new ArgumentOutOfRangeException(nameof(index));
        var nodes = new List<ImmutableArray<Subtree>>();
        var start = 0L;
        var end = size;
        while (end - start > 1)
        {
            var middle = start + Half(end - start);
            if (index < middle)
            {
                nodes.Add(Range(middle, end));
                end = middle;
            }
            else
            {
                nodes.Add(Range(start, middle));
                start = middle;
            }
        }
        nodes.Reverse();
        return [.. nodes];
    }

    /// <summary>The nodes of a consistency proof (section 2.1.4), each as its subtrees; none for equal sizes.</summary>
    /// <param name="earlier">The earlier size, from 1.</param>
    /// <param name="later">The later size.</param>
    /// <exception cref="ArgumentOutOfRangeException">The earlier size is below 1 or above the later one.</exception>
    public static ImmutableArray<ImmutableArray<Subtree>> Consistency(long earlier, long later)
    {
        if (earlier < 1 || earlier > later) throw new ArgumentOutOfRangeException(nameof(earlier));
        var nodes = new List<ImmutableArray<Subtree>>();
        var start = 0L;
        var end = later;
        var isWhole = true;
        while (earlier != end)
        {
            var middle = start + Half(end - start);
            if (earlier <= middle)
            {
                nodes.Add(Range(middle, end));
                end = middle;
            }
            else
            {
                nodes.Add(Range(start, middle));
                start = middle;
                isWhole = false;
            }
        }
        if (!isWhole) nodes.Add(Range(start, end));
        nodes.Reverse();
        return [.. nodes];
    }

    /// <summary>The largest power of two below a number above 1.</summary>
    private static long Half(long count) => 1L << BitOperations.Log2((ulong)(count - 1));
}
