using System.Collections.Immutable;
using Npgsql;

namespace Scoring.Checkpoints;

/// <summary>Computes roots and proofs of the partitions' logs.</summary>
internal static class PartitionLogReader
{
    /// <summary>The root of a partition's first leaves; their tiles must be complete.</summary>
    public static async Task<byte[]> Root(NpgsqlConnection connection, short partition, long size, CancellationToken cancellationToken)
    {
        if (size == 0) return MerkleLog.Empty;
        var parts = MerkleLog.Range(0, size);
        var hashes = await MerkleTileReader.Find(connection, partition, parts, cancellationToken);
        return MerkleLog.Combine([.. parts.Select(part => hashes[part])]);
    }

    /// <summary>Proofs that each partition's log extends its earlier state. Partitions that had no leaf are left out.</summary>
    public static async Task<ImmutableArray<LogConsistency>> Consistency(
        NpgsqlConnection connection, Checkpoint earlier, Checkpoint later, CancellationToken cancellationToken)
    {
        var proofs = ImmutableArray.CreateBuilder<LogConsistency>();
        foreach (var (before, after) in earlier.Logs.Zip(later.Logs).Where(pair => pair.First.Size > 0))
        {
            if (before.Size > after.Size) throw new SealBrokenException("A checkpoint has fewer leaves than an earlier one.");
            var nodes = await Nodes(
                connection, (short)before.Partition, [MerkleLog.Consistency(before.Size, after.Size)], [], cancellationToken);
            proofs.Add(new LogConsistency(before.Partition, before.Size, after.Size, nodes.Proofs[0]));
        }
        return proofs.ToImmutable();
    }

    /// <summary>Proofs that positions are in the log of a size. Positions beyond the size are left out.</summary>
    public static async Task<ImmutableArray<InclusionProof>> Inclusion(
        NpgsqlConnection connection, short partition, long size, IReadOnlyList<long> positions, CancellationToken cancellationToken)
    {
        var inside = positions.Where(position => position >= 1 && position <= size).ToArray();
        var nodes = await Nodes(
            connection, partition, [.. inside.Select(position => MerkleLog.Inclusion(position - 1, size))],
            [.. inside.Select(position => new Subtree(0, position - 1))], cancellationToken);
        return [.. inside.Select((position, i) => new InclusionProof(position, nodes.Leaves[i], nodes.Proofs[i]))];
    }

    private static async Task<(List<ImmutableArray<byte[]>> Proofs, List<byte[]> Leaves)> Nodes(
        NpgsqlConnection connection, short partition, List<ImmutableArray<ImmutableArray<Subtree>>> proofs, List<Subtree> leaves,
        CancellationToken cancellationToken)
    {
        var wanted = proofs.SelectMany(proof => proof).SelectMany(parts => parts).Concat(leaves);
        var hashes = await MerkleTileReader.Find(connection, partition, wanted, cancellationToken);
        return (
            proofs.ConvertAll(
                proof => proof.Select(parts => MerkleLog.Combine([.. parts.Select(part => hashes[part])])).ToImmutableArray()),
            leaves.ConvertAll(leaf => hashes[leaf]));
    }
}
