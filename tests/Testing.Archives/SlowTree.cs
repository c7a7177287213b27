using System.Numerics;
using Scoring.Verify.Checkpoints;

namespace Scoring.Verify;

/// <summary>Makes roots and proofs by the recursive definitions of RFC 9162.</summary>
internal static class SlowTree
{
    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length <= 1) return leaves.Length == 0 ? Rfc9162.EmptyRoot : leaves[0];
        return Rfc9162.Node(Root(leaves[..Half(leaves.Length)]), Root(leaves[Half(leaves.Length)..]));
    }

    public static List<byte[]> Path(int index, ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 1) return [];
        var half = Half(leaves.Length);
        return index < half
            ? [.. Path(index, leaves[..half]), Root(leaves[half..])]
            : [.. Path(index - half, leaves[half..]), Root(leaves[..half])];
    }

    public static List<byte[]> Proof(int earlier, ReadOnlySpan<byte[]> leaves, bool isWhole = true)
    {
        if (earlier == leaves.Length) return isWhole ? [] : [Root(leaves)];
        var half = Half(leaves.Length);
        return earlier <= half
            ? [.. Proof(earlier, leaves[..half], isWhole), Root(leaves[half..])]
            : [.. Proof(earlier - half, leaves[half..], false), Root(leaves[..half])];
    }

    private static int Half(int count) => 1 << BitOperations.Log2((uint)count - 1);
}
