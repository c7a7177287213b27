using System.Collections.Immutable;

namespace Scoring.Checkpoints;

/// <summary>Checkpoints that a test sets, with proofs that name the position and nothing else.</summary>
public sealed class MemoryCheckpoints : ICheckpointStore
{
    /// <summary>By number from 1.</summary>
    public List<Checkpoint> Made { get; } = [];

    /// <summary>Adds one in which every partition has so many leaves.</summary>
    public Checkpoint Make(long size, DateTimeOffset at, int partitions = 64)
    {
        var logs = Enumerable.Range(0, partitions).Select(partition => new LogHead(partition, size, new byte[32])).ToImmutableArray();
        Made.Add(new Checkpoint(Made.Count + 1, at, "0000000000000000", logs, $"test\n{Made.Count + 1}\n\n— test AAAA\n"));
        return Made[^1];
    }

    public Task<Checkpoint?> Latest(CancellationToken cancellationToken) => Task.FromResult(Made.LastOrDefault());

    public Task<Checkpoint?> Find(long number, CancellationToken cancellationToken) =>
        Task.FromResult(number >= 1 && number <= Made.Count ? Made[(int)number - 1] : null);

    public Task<ConsistencyProof?> Consistency(long earlier, long later, CancellationToken cancellationToken) =>
        Task.FromResult<ConsistencyProof?>(null);

    public Task<ImmutableArray<InclusionProof>> Inclusion(
        Checkpoint checkpoint, int partition, IReadOnlyList<long> positions, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<InclusionProof>>(
            [.. positions.Where(position => position <= checkpoint.Logs[partition].Size).Select(position =>
                new InclusionProof(position, BitConverter.GetBytes(position), [BitConverter.GetBytes(position)]))]);

    public Task Cosign(long number, string witness, string line, CancellationToken cancellationToken) => Task.CompletedTask;
}
