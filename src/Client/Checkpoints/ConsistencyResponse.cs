namespace Scoring.Client;

/// <summary>Proves that a checkpoint extends an earlier one. Hashes are in lower-case hexadecimal digits.</summary>
/// <param name="From">The number of the earlier checkpoint.</param>
/// <param name="To">The number of the later checkpoint.</param>
/// <param name="Proof">The consistency proof of the log of checkpoints.</param>
/// <param name="Partitions">The consistency proof of each partition that had leaves at the earlier checkpoint.</param>
public sealed record ConsistencyResponse(
    long From, long To, IReadOnlyList<string> Proof, IReadOnlyList<LogConsistencyResponse> Partitions);

/// <summary>Proves that a partition's log extends its earlier state.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="FromSize">The log's size at the earlier checkpoint.</param>
/// <param name="ToSize">The log's size at the later checkpoint.</param>
/// <param name="Proof">The nodes of the proof.</param>
public sealed record LogConsistencyResponse(int Partition, long FromSize, long ToSize, IReadOnlyList<string> Proof);
