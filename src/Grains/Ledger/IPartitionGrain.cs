using Orleans.Concurrency;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>
/// Where the stream of one partition of the ledger arrives: it hands entries to the subjects that are awake, and to nobody else. Key:
/// the partition. It holds no truth: a subject that it forgets or misses finds every entry in the ledger.
/// </summary>
[Alias("scoring.IPartitionGrain"), GrainInterfaceType("partition")]
internal interface IPartitionGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Registers a subject as awake, or renews its lease. Returns the registration's random number: another one than last time means
    /// that the registration was lost meanwhile, and entries with it. Interleaves, because a subject registers while the partition may
    /// be handing over to it.
    /// </summary>
    [Alias("Register"), AlwaysInterleave]
    Task<long> Register(SubjectId subject, SubjectKind kind);

    /// <summary>
    /// Strikes a subject off, if <paramref name="registration"/> is still its registration; 0 stands for any.
    /// </summary>
    [Alias("Forget"), AlwaysInterleave]
    Task Forget(SubjectId subject, long registration);
}
