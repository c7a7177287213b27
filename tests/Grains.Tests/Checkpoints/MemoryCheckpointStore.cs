using System.Collections.Immutable;

namespace Scoring.Checkpoints;

/// <summary>Keeps the checkpoints that a test adds. Its proofs contain the position and nothing else.</summary>
public sealed class MemoryCheckpointStore : ICheckpointStore
{
    /// <summary>The checkpoints in the order of their numbers, from 1.</summary>
    public List<Checkpoint> Checkpoints { get; } = [];

    /// <summary>Adds a checkpoint in which every partition has the same number of leaves.</summary>
    public Checkpoint Add(long size, DateTimeOffset at, int partitions = 64)
    {
        var logs = Enumerable.Range(0, partitions).Select(partition => new LogHead(partition, size, new byte[32])).ToImmutableArray();
        var number = Checkpoints.Count + 1;
        Checkpoints.Add(new Checkpoint(number, at, "0000000000000000", logs, $"test\n{number}\n\n— test AAAA\n"));
        return Checkpoints[^1];
    }

    public Task<Checkpoint?> Latest(CancellationToken cancellationToken) => Task.FromResult(Checkpoints.LastOrDefault());

    public Task<Checkpoint?> Find(long number, CancellationToken cancellationToken) =>
        Task.FromResult(number >= 1 && number <= Checkpoints.Count ? Checkpoints[(int)number - 1] : null);

    public Task<ConsistencyProof?> Consistency(long earlier, long later, CancellationToken cancellationToken) =>
        Task.FromResult<ConsistencyProof?>(null);

    public Task<ImmutableArray<InclusionProof>> Inclusion(
        Checkpoint checkpoint, int partition, IReadOnlyList<long> positions, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<InclusionProof>>(
            [.. positions.Where(position => position <= checkpoint.Logs[partition].Size).Select(position =>
                new InclusionProof(position, BitConverter.GetBytes(position), [BitConverter.GetBytes(position)]))]);

    public Task Cosign(long number, string witness, string line, CancellationToken cancellationToken) => Task.CompletedTask;
}
