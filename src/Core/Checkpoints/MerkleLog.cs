using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;

namespace Scoring.Checkpoints;

/// <summary>A complete subtree of a log.</summary>
/// <param name="Level">It has 2^Level leaves.</param>
/// <param name="Index">How many of that size lie before it.</param>
public readonly record struct Subtree(int Level, long Index);

/// <summary>
/// RFC 9162, section 2.1, over complete subtrees: which of them a root or a proof is made of, and how they are put together. Where their
/// hashes come from is the caller's affair, so that a proof touches a few tiles and not a log.
/// </summary>
public static class MerkleLog
{
    /// <summary>Length of a hash in bytes.</summary>
    public const int HashBytes = SHA256.HashSizeInBytes;

    /// <summary>Hash of the empty log.</summary>
    public static byte[] Empty => SHA256.HashData([]);

    /// <summary>Hash of two subtrees under one node.</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> both = stackalloc byte[1 + (2 * HashBytes)];
        both[0] = 1;
        left.CopyTo(both[1..]);
        right.CopyTo(both[(1 + HashBytes)..]);
        return SHA256.HashData(both);
    }

    /// <summary>Hash of the leaves that a subtree of a power of two of hashes, laid end to end, stands over.</summary>
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

    /// <summary>Puts the hashes of <see cref="Range"/> together.</summary>
    public static byte[] Combine(IReadOnlyList<byte[]> parts)
    {
        var hash = parts[^1];
        for (var i = parts.Count - 2; i >= 0; i--) hash = Node(parts[i], hash);
        return hash;
    }

    /// <summary>The subtrees, left to right, of the leaves from <paramref name="start"/> up to <paramref name="end"/>, exclusive.</summary>
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

    /// <summary>The nodes of an inclusion proof (2.1.3), from the leaf up, each by its subtrees.</summary>
    public static ImmutableArray<ImmutableArray<Subtree>> Inclusion(long index, long size)
    {
        if (index < 0 || index >= size) throw new ArgumentOutOfRangeException(nameof(index));
        var nodes = new List<ImmutableArray<Subtree>>();
        for (var (start, end) = (0L, size); end - start > 1;)
        {
            var middle = start + Half(end - start);
            if (index < middle) nodes.Add(Range(middle, end));
            else nodes.Add(Range(start, middle));
            (start, end) = index < middle ? (start, middle) : (middle, end);
        }
        nodes.Reverse();
        return [.. nodes];
    }

    /// <summary>The nodes of a consistency proof (2.1.4), each by its subtrees; none for equal sizes.</summary>
    public static ImmutableArray<ImmutableArray<Subtree>> Consistency(long earlier, long later)
    {
        if (earlier < 1 || earlier > later) throw new ArgumentOutOfRangeException(nameof(earlier));
        var nodes = new List<ImmutableArray<Subtree>>();
        var (start, end, isWhole) = (0L, later, true);
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
                (start, isWhole) = (middle, false);
            }
        }
        if (!isWhole) nodes.Add(Range(start, end));
        nodes.Reverse();
        return [.. nodes];
    }

    /// <summary>Largest power of two below a number above 1.</summary>
    private static long Half(long count) => 1L << BitOperations.Log2((ulong)(count - 1));
}
