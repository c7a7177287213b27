using System.Collections.Concurrent;
using Orleans.Runtime;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>
/// Registers this silo's active subjects with their partitions: in the partition's own table where this silo holds it, and by a grain call
/// elsewhere. It is thread-safe.
/// </summary>
internal sealed class PartitionSubscriptions(TimeProvider machine)
{
    private readonly ConcurrentDictionary<int, SubscriberTable> _local = new();

    /// <summary>The clock by which subjects renew.</summary>
    public TimeProvider Machine => machine;

    /// <summary>Opens the table of a partition that was activated here.</summary>
    public void Open(int partition, SubscriberTable table) => _local[partition] = table;

    /// <summary>Closes the table of a partition that was deactivated here. Its subjects notice at their next renewal.</summary>
    public void Close(int partition, SubscriberTable table)
    {
        _local.TryRemove(KeyValuePair.Create(partition, table));
        table.Close();
    }

    /// <summary>Renews a lease without a grain call; <see langword="false"/> when this silo does not hold the registration.</summary>
    public bool RenewHere(int partition, SubjectId subject, long registration) =>
        _local.TryGetValue(partition, out var table) && table.Renew(subject, registration);

    /// <summary>
    /// Registers a subject. Returns the registration's number; 0 when the partition cannot be reached in time: the subject still answers,
    /// but reads more.
    /// </summary>
    public async Task<long> Register(IGrainFactory grains, int partition, SubjectKind kind, SubjectId subject, TimeSpan max)
    {
        if (_local.TryGetValue(partition, out var table) && table.Register(subject, grains.Subject(kind, subject)) is not 0 and var number)
            return number;
        try
        {
            return await grains.GetGrain<IPartitionGrain>(partition).Register(subject, kind).WaitAsync(max);
        }
        catch (Exception exception) when (IsOutOfReach(exception))
        {
            return 0;
        }
    }

    /// <summary>Removes a subject's registration; 0 removes any. When the partition cannot be reached in time, the lease ends it.</summary>
    public async Task Forget(IGrainFactory grains, int partition, SubjectId subject, long registration, TimeSpan max)
    {
        if (_local.TryGetValue(partition, out var table))
        {
            table.Forget(subject, registration);
            return;
        }
        try
        {
            await grains.GetGrain<IPartitionGrain>(partition).Forget(subject, registration).WaitAsync(max);
        }
        catch (Exception exception) when (IsOutOfReach(exception))
        {
            // The lease expires without a call.
        }
    }

    private static bool IsOutOfReach(Exception exception) =>
        exception is TimeoutException or SiloUnavailableException or OrleansMessageRejectionException
        or GrainExtensionNotInstalledException;
}
