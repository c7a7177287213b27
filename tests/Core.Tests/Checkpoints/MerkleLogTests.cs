using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CsCheck;

namespace Scoring.Checkpoints;

public sealed class MerkleLogTests
{
    private static readonly JsonNode Vectors =
        JsonNode.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Checkpoints", "rfc9162.json")))!;

    private static readonly byte[][] Leaves =
        [.. Vectors["leaves"]!.AsArray().Select(leaf => SHA256.HashData([0, .. Convert.FromHexString((string)leaf!)]))];

    [Fact]
    public void Roots_are_those_of_the_reference_tree()
    {
        for (var size = 0; size <= 8; size++) Hex(Root(Leaves[..size])).ShouldBe((string)Vectors["roots"]![size]!, $"{size}");
    }

    [Fact]
    public void Inclusion_proofs_are_those_of_the_reference_tree()
    {
        foreach (var vector in Vectors["inclusion"]!.AsArray())
        {
            var size = (int)vector!["size"]!;
            Proof(MerkleLog.Inclusion((int)vector["index"]!, size), Leaves[..size]).Select(Hex)
                .ShouldBe(vector["path"]!.AsArray().Select(node => (string)node!));
        }
    }

    [Fact]
    public void Consistency_proofs_are_those_of_the_reference_tree()
    {
        foreach (var vector in Vectors["consistency"]!.AsArray())
        {
            var later = (int)vector!["later"]!;
            Proof(MerkleLog.Consistency((int)vector["earlier"]!, later), Leaves[..later]).Select(Hex)
                .ShouldBe(vector["proof"]!.AsArray().Select(node => (string)node!));
        }
    }

    [Fact]
    public void Any_size_gives_what_the_definitions_of_the_norm_give() => Gen.Int[1, 700].Sample(
        size =>
        {
            var leaves = NewLeaves(size);
            Root(leaves).ShouldBe(Slow(leaves));
            var index = size / 3;
            Proof(MerkleLog.Inclusion(index, size), leaves).ShouldBe(SlowPath(index, leaves));
            var earlier = 1 + (size / 2);
            if (earlier <= size) Proof(MerkleLog.Consistency(earlier, size), leaves).ShouldBe(SlowProof(earlier, leaves, true));
        },
        iter: 300, threads: 1);

    [Fact]
    public void What_is_not_in_the_log_has_no_proof()
    {
        foreach (var (index, size) in ((long, long)[])[(-1, 5), (5, 5), (0, 0)])
            Should.Throw<ArgumentOutOfRangeException>(() => MerkleLog.Inclusion(index, size));
        foreach (var (earlier, later) in ((long, long)[])[(0, 5), (6, 5)])
            Should.Throw<ArgumentOutOfRangeException>(() => MerkleLog.Consistency(earlier, later));
    }

    [Fact]
    public void The_log_of_checkpoints_proves_that_it_extends_itself()
    {
        var leaves = NewLeaves(23);
        var log = new CheckpointLog([.. leaves.SelectMany(leaf => leaf)]);
        log.Root.ShouldBe(Slow(leaves));
        log.With(leaves[0]).Root.ShouldBe(Slow([.. leaves, leaves[0]]));
        log.Consistency(7).ShouldBe(SlowProof(7, leaves, true));
        new CheckpointLog([]).Root.ShouldBe(SHA256.HashData([]));
    }

    private static byte[] Root(byte[][] leaves) =>
        leaves.Length == 0 ? MerkleLog.Empty : Fold(MerkleLog.Range(0, leaves.Length), leaves);

    private static IEnumerable<byte[]> Proof(IEnumerable<ImmutableArray<Subtree>> nodes, byte[][] leaves) =>
        nodes.Select(parts => Fold(parts, leaves));

    private static byte[] Fold(IReadOnlyList<Subtree> parts, byte[][] leaves) => MerkleLog.Combine([.. parts.Select(part =>
        MerkleLog.Complete([.. leaves.Skip((int)(part.Index << part.Level)).Take(1 << part.Level).SelectMany(leaf => leaf)]))]);

    private static byte[][] NewLeaves(int size) => [.. Enumerable.Range(0, size).Select(i => SHA256.HashData(BitConverter.GetBytes(i)))];

    // The recursions of section 2.1 as the norm has them.
    private static byte[] Slow(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length <= 1) return leaves.Length == 0 ? SHA256.HashData([]) : leaves[0];
        var half = Half(leaves.Length);
        return SHA256.HashData([1, .. Slow(leaves[..half]), .. Slow(leaves[half..])]);
    }

    private static List<byte[]> SlowPath(int index, ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 1) return [];
        var half = Half(leaves.Length);
        return index < half
            ? [.. SlowPath(index, leaves[..half]), Slow(leaves[half..])]
            : [.. SlowPath(index - half, leaves[half..]), Slow(leaves[..half])];
    }

    private static List<byte[]> SlowProof(int earlier, ReadOnlySpan<byte[]> leaves, bool isWhole)
    {
        if (earlier == leaves.Length) return isWhole ? [] : [Slow(leaves)];
        var half = Half(leaves.Length);
        return earlier <= half
            ? [.. SlowProof(earlier, leaves[..half], isWhole), Slow(leaves[half..])]
            : [.. SlowProof(earlier - half, leaves[half..], false), Slow(leaves[..half])];
    }

    private static int Half(int count)
    {
        var half = 1;
        while (half * 2 < count) half *= 2;
        return half;
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
