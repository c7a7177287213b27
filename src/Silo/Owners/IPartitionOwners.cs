using Orleans.Runtime;

namespace Scoring.Owners;

/// <summary>Knows which silo owns a partition's queue and is to write its rows, so that memory and stream are where the rows are.</summary>
internal interface IPartitionOwners
{
    /// <summary>The silo that owns a partition; <see langword="null"/> when rows are to be written here.</summary>
    SiloAddress? Find(short partition);

    /// <summary>Gives rows to a silo. Every failure means that they may be written here: an append may be repeated.</summary>
    Task<RoutedOutcome> Append(SiloAddress silo, RoutedRows rows);
}

/// <summary>The one writer of a process without a cluster.</summary>
internal sealed class LocalPartitions : IPartitionOwners
{
    public SiloAddress? Find(short partition) => null;

    public Task<RoutedOutcome> Append(SiloAddress silo, RoutedRows rows) => throw new NotSupportedException("There is no other silo.");
}
