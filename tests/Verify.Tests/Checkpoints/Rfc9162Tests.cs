using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CsCheck;

namespace Scoring.Verify.Checkpoints;

public sealed class Rfc9162Tests
{
    private static readonly JsonNode Vectors =
        JsonNode.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Checkpoints", "rfc9162.json")))!;

    private static readonly byte[][] Leaves = [.. Vectors["leaves"]!.AsArray().Select(leaf => Rfc9162.Leaf(Hex(leaf!)))];

    private static byte[] RootOf(int size) => Hex(Vectors["roots"]![size]!);

    [Fact]
    public void Roots_grow_to_those_of_the_reference_tree()
    {
        var log = new MerkleRootBuilder();
        log.Root.ShouldBe(RootOf(0));
        for (var size = 1; size <= Leaves.Length; size++)
        {
            log.Add(Leaves[size - 1]);
            log.Size.ShouldBe(size);
            log.Root.ShouldBe(RootOf(size));
        }
    }

    [Fact]
    public void Inclusion_proofs_of_the_reference_tree_verify_and_changed_ones_do_not()
    {
        foreach (var vector in Vectors["inclusion"]!.AsArray())
        {
            var index = (int)vector!["index"]!;
            var size = (int)vector["size"]!;
            byte[][] path = [.. vector["path"]!.AsArray().Select(node => Hex(node!))];
            Rfc9162.Includes(Leaves[index], index, size, path, RootOf(size)).ShouldBeTrue();
            Rfc9162.Includes(Leaves[index], size, size, path, RootOf(size)).ShouldBeFalse();
            Rfc9162.Includes(Leaves[index], index, size, [.. path, Leaves[0]], RootOf(size)).ShouldBeFalse();
            if (path.Length == 0) continue;
            Rfc9162.Includes(Leaves[index], index, size, path[..^1], RootOf(size)).ShouldBeFalse();
            Rfc9162.Includes(Leaves[index], index ^ 1, size, path, RootOf(size)).ShouldBeFalse();
            foreach (var changed in Changed(path)) Rfc9162.Includes(Leaves[index], index, size, changed, RootOf(size)).ShouldBeFalse();
        }
    }

    [Fact]
    public void Consistency_proofs_of_the_reference_tree_verify_and_changed_ones_do_not()
    {
        foreach (var vector in Vectors["consistency"]!.AsArray())
        {
            var earlier = (int)vector!["earlier"]!;
            var later = (int)vector["later"]!;
            byte[][] proof = [.. vector["proof"]!.AsArray().Select(node => Hex(node!))];
            Rfc9162.Extends(earlier, RootOf(earlier), later, RootOf(later), proof).ShouldBeTrue();
            Rfc9162.Extends(earlier, RootOf(later), later, RootOf(earlier), proof).ShouldBe(earlier == later);
            Rfc9162.Extends(later + 1, RootOf(earlier), later, RootOf(later), proof).ShouldBeFalse();
            Rfc9162.Extends(0, RootOf(0), later, RootOf(later), proof).ShouldBeFalse();
            Rfc9162.Extends(earlier, RootOf(earlier), later, RootOf(later), [.. proof, Leaves[0]]).ShouldBeFalse();
            foreach (var changed in Changed(proof))
                Rfc9162.Extends(earlier, RootOf(earlier), later, RootOf(later), changed).ShouldBeFalse();
        }
    }

    [Fact]
    public void Only_the_proofs_of_a_log_verify_for_it() =>
        Gen.Select(Gen.Int[2, 300], Gen.Int[0, 1_000_000], Gen.Int[0, 1_000_000]).Sample(
        (size, first, second) =>
        {
            byte[][] leaves = [.. Enumerable.Range(0, size).Select(i => SHA256.HashData(BitConverter.GetBytes(i)))];
            var index = first % size;
            var earlier = 1 + (second % size);
            var log = new MerkleRootBuilder();
            byte[] earlierRoot = [];
            foreach (var leaf in leaves)
            {
                log.Add(leaf);
                if (log.Size == earlier) earlierRoot = log.Root;
            }
            Rfc9162.Includes(leaves[index], index, size, SlowTree.Path(index, leaves), log.Root).ShouldBeTrue();
            Rfc9162.Includes(leaves[(index + 1) % size], index, size, SlowTree.Path(index, leaves), log.Root).ShouldBeFalse();
            Rfc9162.Extends(earlier, earlierRoot, size, log.Root, SlowTree.Proof(earlier, leaves)).ShouldBeTrue();
            if (earlier < size)
                Rfc9162.Extends(earlier, leaves[0][..], size, log.Root, SlowTree.Proof(earlier, leaves)).ShouldBe(earlier == 1);
        },
        iter: 200, threads: 1);

    private static IEnumerable<byte[][]> Changed(byte[][] nodes)
    {
        for (var node = 0; node < nodes.Length; node++)
        for (var bit = 0; bit < 256; bit += 5)
        {
            byte[][] changed = [.. nodes.Select(hash => (byte[])hash.Clone())];
            changed[node][bit / 8] ^= (byte)(1 << (bit % 8));
            yield return changed;
        }
    }

    private static byte[] Hex(JsonNode text) => Convert.FromHexString((string)text!);
}
