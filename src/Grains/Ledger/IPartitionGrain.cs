using Orleans.Concurrency;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>
/// Receives the stream of one partition of the ledger, and delivers entries to the active subjects only. Key: the partition. It holds no
/// truth: a subject that misses a delivery finds every entry in the ledger.
/// </summary>
[Alias("scoring.IPartitionGrain"), GrainInterfaceType("partition")]
internal interface IPartitionGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Registers a subject as active, or renews its lease. Returns the registration's random number, never 0. A number that differs from
    /// the last one means that the registration was lost, and entries with it. It interleaves, because a subject registers while the
    /// partition may be delivering to it.
    /// </summary>
    [Alias("Register"), AlwaysInterleave]
    Task<long> Register(SubjectId subject, SubjectKind kind);

    /// <summary>
    /// Removes a subject if <paramref name="registration"/> is still its registration; 0 removes any registration.
    /// </summary>
    [Alias("Forget"), AlwaysInterleave]
    Task Forget(SubjectId subject, long registration);
}
