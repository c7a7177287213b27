using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Scoring.Ledger;
using Scoring.Storage;
using Scoring.Streams;

namespace Scoring.Owners;

/// <summary>
/// The owners of partitions by the ring by which Orleans deals the stream's queues. A silo that does not answer is left out for a while,
/// and this one writes its rows.
/// </summary>
internal sealed class RingPartitions(
    IServiceProvider services, LedgerDatabase database, ILocalSiloDetails local, IOptions<LedgerOptions> options) : IPartitionOwners
{
    private const int RingMilliseconds = 100;

    private readonly KnownOwner?[] _owners = new KnownOwner?[database.PartitionCount];

    private readonly uint[] _hashes =
        [.. new LedgerQueues(database.PartitionCount).GetAllQueues().Select(queue => queue.GetUniformHashCode())];

    private readonly ConcurrentDictionary<SiloAddress, long> _silentUntil = [];

    public SiloAddress? Find(short partition)
    {
        if (!options.Value.RoutesToOwner) return null;
        var owner = OwnerOf(partition);
        if (owner is null || owner.Equals(local.SiloAddress)) return null;
        return _silentUntil.TryGetValue(owner, out var until) && Stopwatch.GetTimestamp() < until ? null : owner;
    }

    /// <summary>The owner as the ring had it at the last look: it changes with the silos, and a wrong one costs a detour only.</summary>
    private SiloAddress? OwnerOf(short partition)
    {
        var now = Environment.TickCount64;
        var known = _owners[partition];
        if (known is not null && now - known.At < RingMilliseconds) return known.Silo;
        // The services of the silo cannot be had before it has been built.
        known = new KnownOwner(services.GetRequiredService<IPartitionWriterClient>().OwnerOf(_hashes[partition]), now);
        _owners[partition] = known;
        return known.Silo;
    }

    public async Task<RoutedOutcome> Append(SiloAddress silo, RoutedRows rows)
    {
        try
        {
            var outcome = await services.GetRequiredService<IPartitionWriterClient>().Append(silo, rows)
                .WaitAsync(TimeSpan.FromMilliseconds(options.Value.OwnerMillisecondsMax));
            _silentUntil.TryRemove(silo, out _);
            return outcome;
        }
        catch
        {
            _silentUntil[silo] = Stopwatch.GetTimestamp() + options.Value.OwnerPauseMilliseconds * Stopwatch.Frequency / 1000;
            throw;
        }
    }

    private sealed record KnownOwner(SiloAddress? Silo, long At);
}
